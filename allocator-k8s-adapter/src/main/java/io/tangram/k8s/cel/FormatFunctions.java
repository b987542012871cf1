package io.tangram.k8s.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.STRING;

import com.google.common.collect.ImmutableList;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.List;
import java.util.Optional;

/** The formats that Kubernetes names, and validation by them (section 4.2 of the rules). */
final class FormatFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

  private static final CelType FORMAT = StructTypeReference.create(NamedFormat.TYPE_NAME);

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(
        newFunctionDeclaration(
            "format.named", newGlobalOverload("format-named", OptionalType.create(FORMAT), STRING)),
        newFunctionDeclaration(
            "validate",
            newMemberOverload(
                "format-validate", OptionalType.create(ListType.create(STRING)), FORMAT, STRING)));
    for (NamedFormat format : NamedFormat.values()) {
      checker.addFunctionDeclarations(
          newFunctionDeclaration(format.function(), newGlobalOverload(format.function(), FORMAT)));
    }
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from("format-named", String.class, NamedFormat::named),
        CelFunctionBinding.from(
            "format-validate", NamedFormat.class, String.class, FormatFunctions::validate));
    for (NamedFormat format : NamedFormat.values()) {
      runtime.addFunctionBindings(
          CelFunctionBinding.from(format.function(), ImmutableList.of(), given -> format));
    }
  }

  private static Optional<List<String>> validate(NamedFormat format, String text) {
    EvaluationMeter.work(text.length());
    ImmutableList<String> problems = format.problems(text);
    return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
  }
}
