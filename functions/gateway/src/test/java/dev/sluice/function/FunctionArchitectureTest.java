package dev.sluice.function;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What holds for the function beyond the rules that `cli` checks for what it sees.
@AnalyzeClasses(
        packages = {"dev.sluice.function", "dev.sluice.lambda"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class FunctionArchitectureTest {
    @ArchTest
    static final ArchRule only_the_entry_reads_the_environment = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.sluice.function.LambdaMain")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule wiring_uses_neither_the_sdk_nor_an_http_client = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "java.net.http..", "dev.sluice.cli..", "dev.sluice.testkit..");

    @ArchTest
    static final ArchRule the_runtime_knows_no_function = noClasses()
            .that()
            .resideInAPackage("dev.sluice.lambda..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.function..", "dev.sluice.aws..");
}
