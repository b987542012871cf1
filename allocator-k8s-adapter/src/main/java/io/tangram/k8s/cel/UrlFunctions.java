package io.tangram.k8s.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;
import static io.tangram.k8s.cel.Parsing.isValid;
import static io.tangram.k8s.cel.Parsing.parse;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.List;
import java.util.Map;

/** The functions on URLs (section 4.2 of the rules). */
final class UrlFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

  private static final CelType URL = StructTypeReference.create(Url.TYPE_NAME);
  private static final CelType PARAMETERS = MapType.create(STRING, ListType.create(STRING));

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(
        newFunctionDeclaration("url", newGlobalOverload("string_to_url", URL, STRING)),
        newFunctionDeclaration("isURL", newGlobalOverload("is_url_string", BOOL, STRING)),
        newFunctionDeclaration("getScheme", newMemberOverload("url_get_scheme", STRING, URL)),
        newFunctionDeclaration("getHost", newMemberOverload("url_get_host", STRING, URL)),
        newFunctionDeclaration("getHostname", newMemberOverload("url_get_hostname", STRING, URL)),
        newFunctionDeclaration("getPort", newMemberOverload("url_get_port", STRING, URL)),
        newFunctionDeclaration(
            "getEscapedPath", newMemberOverload("url_get_escaped_path", STRING, URL)),
        newFunctionDeclaration("getQuery", newMemberOverload("url_get_query", PARAMETERS, URL)));
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from("string_to_url", String.class, text -> parse(Url::parse, text)),
        CelFunctionBinding.from(
            "is_url_string", String.class, text -> isValid(Url::parseRequest, text)),
        CelFunctionBinding.from("url_get_scheme", Url.class, Url::scheme),
        CelFunctionBinding.from("url_get_host", Url.class, Url::host),
        CelFunctionBinding.from("url_get_hostname", Url.class, Url::hostname),
        CelFunctionBinding.from("url_get_port", Url.class, Url::port),
        CelFunctionBinding.from("url_get_escaped_path", Url.class, Url::path),
        CelFunctionBinding.from("url_get_query", Url.class, UrlFunctions::parameters));
  }

  private static Map<String, List<String>> parameters(Url url) {
    EvaluationMeter.workForString(url.query().length());
    return url.parameters();
  }
}
