package io.tangram.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the one-way road through the house: api, solver, adapter, benchmarks. */
class ArchitectureTest {

  private static JavaClasses tangram;

  @BeforeAll
  static void importClasses() {
    tangram =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tangram");
  }

  @Test
  void apiKnowsNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage("io.tangram.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.tangram.solver..", "io.tangram.k8s..", "io.tangram.benchmarks..")
        .allowEmptyShould(true)
        .check(tangram);
  }

  @Test
  void apiKnowsNoSolverNoKubernetesNoCelNoJson() {
    noClasses()
        .that()
        .resideInAPackage("io.tangram.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.ortools..",
            "com.google.protobuf..",
            "dev.cel..",
            "io.fabric8..",
            "com.fasterxml..",
            "org.yaml..",
            "info.picocli..",
            "picocli..",
            "org.slf4j..")
        .allowEmptyShould(true)
        .check(tangram);
  }

  @Test
  void solverKnowsNoAdapterNoKubernetesNoCelNoJson() {
    noClasses()
        .that()
        .resideInAPackage("io.tangram.solver..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tangram.k8s..",
            "io.tangram.benchmarks..",
            "dev.cel..",
            "io.fabric8..",
            "com.fasterxml..",
            "org.yaml..",
            "picocli..")
        .allowEmptyShould(true)
        .check(tangram);
  }

  @Test
  void adapterKnowsNoBenchmarksAndNoOrTools() {
    noClasses()
        .that()
        .resideInAPackage("io.tangram.k8s..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.tangram.benchmarks..", "com.google.ortools..")
        .allowEmptyShould(true)
        .check(tangram);
  }

  @Test
  void nothingDependsOnTheCommand() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tangram..cli..")
        .allowEmptyShould(true)
        .check(tangram);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching("io.tangram.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(tangram);
  }
}
