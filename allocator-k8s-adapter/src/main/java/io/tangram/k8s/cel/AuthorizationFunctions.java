package io.tangram.k8s.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompilerLibrary;

/**
 * The functions that ask who may do what (section 4.2 of the rules). Kubernetes declares them for
 * selectors too, but no selector has anything to call them on: they compile, and find no overload
 * when they are evaluated.
 */
final class AuthorizationFunctions implements CelCompilerLibrary {

  private static final CelType AUTHORIZER = type("Authorizer");
  private static final CelType PATH = type("PathCheck");
  private static final CelType GROUP = type("GroupCheck");
  private static final CelType RESOURCE = type("ResourceCheck");
  private static final CelType DECISION = type("Decision");

  private static CelType type(String name) {
    return StructTypeReference.create("kubernetes.authorization." + name);
  }

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(
        newFunctionDeclaration(
            "path", newMemberOverload("authorizer_path", PATH, AUTHORIZER, STRING)),
        newFunctionDeclaration(
            "group", newMemberOverload("authorizer_group", GROUP, AUTHORIZER, STRING)),
        newFunctionDeclaration(
            "serviceAccount",
            newMemberOverload("authorizer_serviceaccount", AUTHORIZER, AUTHORIZER, STRING, STRING)),
        newFunctionDeclaration(
            "resource", newMemberOverload("groupcheck_resource", RESOURCE, GROUP, STRING)),
        narrowing("subresource"),
        narrowing("namespace"),
        narrowing("name"),
        narrowing("fieldSelector"),
        narrowing("labelSelector"),
        newFunctionDeclaration(
            "check",
            newMemberOverload("pathcheck_check", DECISION, PATH, STRING),
            newMemberOverload("resourcecheck_check", DECISION, RESOURCE, STRING)),
        newFunctionDeclaration("allowed", newMemberOverload("decision_allowed", BOOL, DECISION)),
        newFunctionDeclaration("errored", newMemberOverload("decision_errored", BOOL, DECISION)),
        newFunctionDeclaration("error", newMemberOverload("decision_error", STRING, DECISION)),
        newFunctionDeclaration("reason", newMemberOverload("decision_reason", STRING, DECISION)));
  }

  private static CelFunctionDecl narrowing(String name) {
    return newFunctionDeclaration(
        name, newMemberOverload("resourcecheck_" + name, RESOURCE, RESOURCE, STRING));
  }
}
