package dev.sluice.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The rules of the house for this module, which is on nobody's class path.
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class InfraArchitectureTest {
    @ArchTest
    static final ArchRule infra_knows_no_other_module = classes()
            .that()
            .resideInAPackage("dev.sluice..")
            .should()
            .resideInAPackage("dev.sluice.infra..")
            .because("it knows the paths of artifacts and the names of variables");

    @ArchTest
    static final ArchRule the_cost_needs_no_cdk = noClasses()
            .that()
            .resideInAPackage("dev.sluice.infra.cost..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "software.constructs..")
            .because("it is asked for without a node process");

    @ArchTest
    static final ArchRule nothing_binds_json_to_objects =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule nobody_reads_the_environment = noClasses()
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("one template is good for every account and region");

    @ArchTest
    static final ArchRule names_say_what_a_thing_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveNameMatching(".*[.$](Base|Abstract)[A-Z][^.$]*")
            .orShould()
            .haveNameMatching(".*(Helpers?|Utils?|Impl|Processor|Data|Info)");

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal();
}
