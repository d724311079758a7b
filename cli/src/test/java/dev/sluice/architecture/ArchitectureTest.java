package dev.sluice.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/// The rules of the house that a machine can hold. Everything that ships is on this module's class path.
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /// What every dialect may use, and what the two of OpenAI have in common.
    private static final String SHARED_PROTOCOL = "(json|sse|ndjson|eventstream|seal|translate)(\\..*)?|openai";

    /// The one class that runs inside AWS's own Java runtime.
    private static final String TAKEOVER = "dev.sluice.lambda.Takeover";

    /// Where a function's environment comes in.
    private static final String FUNCTION_ENTRY = "dev.sluice.function.LambdaMain";

    /// The small functions that AWS's own Java runtime runs: each is an entry with the interface of Lambda.
    private static final String UPKEEP_ENTRY = "dev.sluice.upkeep.UpkeepFunction";
    private static final String ROTATION_ENTRY = "dev.sluice.rotation.RotationFunction";

    // The arrows.

    @ArchTest
    static final ArchRule arrows_point_one_way = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("model")
            .definedBy("dev.sluice.model..")
            .layer("protocol")
            .definedBy("dev.sluice.protocol..")
            .layer("core")
            .definedBy("dev.sluice.core..")
            .layer("aws")
            .definedBy("dev.sluice.aws..")
            .layer("cli")
            .definedBy("dev.sluice.cli..")
            .layer("lambda")
            .definedBy("dev.sluice.lambda..")
            .layer("function")
            .definedBy("dev.sluice.function..")
            .layer("upkeep")
            .definedBy("dev.sluice.upkeep..")
            .layer("rotation")
            .definedBy("dev.sluice.rotation..")
            .layer("testkit")
            .definedBy("dev.sluice.testkit..")
            .whereLayer("protocol")
            .mayOnlyBeAccessedByLayers("core", "aws", "lambda", "function", "upkeep", "rotation", "cli", "testkit")
            .whereLayer("core")
            .mayOnlyBeAccessedByLayers("aws", "lambda", "function", "upkeep", "rotation", "cli", "testkit")
            .whereLayer("aws")
            .mayOnlyBeAccessedByLayers("function", "upkeep", "rotation", "cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("lambda")
            .mayOnlyBeAccessedByLayers("function", "upkeep", "rotation")
            .whereLayer("function")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("rotation")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("upkeep")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("testkit")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule model_knows_the_jdk_only = classes()
            .that()
            .resideInAPackage("dev.sluice.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.sluice.model..", "java..", "org.jspecify..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule dialects_do_not_know_one_another =
            slices().assignedFrom(dialects()).should().notDependOnEachOther().allowEmptyShould(true);

    @ArchTest
    static final ArchRule core_knows_neither_the_aws_sdk_nor_an_http_client = noClasses()
            .that()
            .resideInAPackage("dev.sluice.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "com.amazonaws..", "java.net.http..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_commands_know_what_only_an_owner_may = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice.cli..", "dev.sluice.aws.owner..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice.aws.owner..")
            .because("a function has neither the rights nor the room for it");

    @ArchTest
    static final ArchRule only_aws_uses_the_sdk_and_the_http_client = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice.aws..", "dev.sluice.testkit..")
            .and()
            .doNotHaveFullyQualifiedName(TAKEOVER)
            .and()
            .doNotHaveFullyQualifiedName(UPKEEP_ENTRY)
            .and()
            .doNotHaveFullyQualifiedName(ROTATION_ENTRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "com.amazonaws..", "java.net.http..")
            .because("the testkit may call a gateway as a client does, nothing else may");

    @ArchTest
    static final ArchRule the_entries_know_the_lambda_interface_and_no_sdk = noClasses()
            .that()
            .haveFullyQualifiedName(TAKEOVER)
            .or()
            .haveFullyQualifiedName(UPKEEP_ENTRY)
            .or()
            .haveFullyQualifiedName(ROTATION_ENTRY)
            .should()
            .dependOnClassesThat(describe(
                    "are of AWS and not the interface of Lambda",
                    other -> other.getPackageName().startsWith("software.amazon")
                            || other.getPackageName().startsWith("java.net.http")
                            || other.getPackageName().startsWith("com.amazonaws")
                                    && !Set.of(
                                                    "com.amazonaws.services.lambda.runtime",
                                                    "com.amazonaws.services.lambda.runtime.events")
                                            .contains(other.getPackageName())));

    @ArchTest
    static final ArchRule only_the_takeover_registers_snapshot_hooks = noClasses()
            .that()
            .haveNameNotMatching("dev\\.sluice\\.lambda\\.Takeover(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.crac..");

    @ArchTest
    static final ArchRule nothing_binds_json_to_objects =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule wizards_draw_nothing_themselves = noClasses()
            .that()
            .resideInAPackage("dev.sluice.cli.guide..")
            .and()
            .doNotHaveSimpleName("GuideScreen")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jline..")
            .because("a wizard puts its questions on a Stage, which tests play by keys alone");

    // Where the world comes in.

    @ArchTest
    static final ArchRule only_entry_points_read_the_environment = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.cli..")
            .and()
            .doNotHaveFullyQualifiedName(FUNCTION_ENTRY)
            .and()
            .doNotHaveFullyQualifiedName(UPKEEP_ENTRY)
            .and()
            .doNotHaveFullyQualifiedName(ROTATION_ENTRY)
            .should(accessTargetWhere(
                    calls("System.getenv", call -> isCall(call, System.class.getName(), Set.of("getenv")))));

    @ArchTest
    static final ArchRule routing_and_resilience_call_no_clock = noClasses()
            .that()
            .resideInAnyPackage("dev.sluice.core.routing..", "dev.sluice.core.resilience..")
            .should(accessTargetWhere(calls("a clock", ArchitectureTest::readsTheTime)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule routing_and_resilience_make_no_chance = noClasses()
            .that()
            .resideInAnyPackage("dev.sluice.core.routing..", "dev.sluice.core.resilience..")
            .should(accessTargetWhere(calls("a source of chance", ArchitectureTest::rollsDice)))
            .orShould(accessTargetWhere(calls("a new Random", ArchitectureTest::makesDice)))
            .because("a java.util.random.RandomGenerator that was handed in is fine")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule routing_and_resilience_do_not_sleep = noClasses()
            .that()
            .resideInAnyPackage("dev.sluice.core.routing..", "dev.sluice.core.resilience..")
            .should(accessTargetWhere(calls(
                    "a sleep",
                    call -> isCall(call, Thread.class.getName(), Set.of("sleep"))
                            || call.getTargetOwner().isAssignableTo("java.util.concurrent.TimeUnit")
                                    && call.getName().equals("sleep")
                            || call.getName().startsWith("park")
                                    && call.getTargetOwner().isEquivalentTo(LockSupport.class))))
            .allowEmptyShould(true);

    /// CVE-2026-40217, CVE-2026-90898, CVE-2026-86242: code and commands that came with a configuration or a request.
    @ArchTest
    static final ArchRule what_serves_runs_nothing_that_it_is_given = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice.cli..", "dev.sluice.testkit..")
            .should()
            .dependOnClassesThat(describe(
                    "start processes, load classes or read objects",
                    other -> Set.of(
                                            "java.lang.ProcessBuilder",
                                            "java.lang.Process",
                                            "java.net.URLClassLoader",
                                            "java.io.ObjectInputStream")
                                    .contains(other.getName())
                            || other.getPackageName().startsWith("javax.script")
                            || other.getPackageName().startsWith("javax.naming")
                            || other.getPackageName().startsWith("javax.tools")))
            .orShould(accessTargetWhere(calls(
                    "Runtime.exec",
                    call -> isCall(call, Runtime.class.getName(), Set.of("exec", "load", "loadLibrary")))));

    // The hot path.

    @ArchTest
    static final ArchRule hot_path_uses_no_regular_expressions = noClasses()
            .that()
            .resideInAnyPackage("dev.sluice.protocol..", "dev.sluice.core..", "dev.sluice.lambda..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..")
            .orShould(accessTargetWhere(calls(
                    "a hidden regular expression",
                    call -> isCall(
                            call, String.class.getName(), Set.of("matches", "replaceAll", "replaceFirst", "split")))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule hot_path_uses_no_reflection = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.sluice.model..", "dev.sluice.protocol..", "dev.sluice.core..", "dev.sluice.lambda..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..")
            .orShould(accessTargetWhere(
                    calls("Class.forName", call -> isCall(call, Class.class.getName(), Set.of("forName")))))
            .allowEmptyShould(true);

    // Habits.

    @ArchTest
    static final ArchRule names_say_what_a_thing_is = noClasses()
            .that()
            .doNotHaveSimpleName("FakeSecretsManager") // the service's own name
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveNameMatching(".*[.$](Base|Abstract)[A-Z][^.$]*")
            .orShould()
            .haveNameMatching(".*(Helpers?|Utils?|Impl|Processor|Data|Info)");

    @ArchTest
    static final ArchRule nothing_static_changes =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes()
            .that()
            .resideInAPackage("dev.sluice..")
            .should(ArchCondition.from(describe(
                    "be in a package whose package-info.java says @NullMarked",
                    javaClass -> javaClass.getPackage().isAnnotatedWith(NullMarked.class))));

    /// Each dialect is a slice; what they share, and the codec interfaces above them, is in none.
    private static SliceAssignment dialects() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                String name = javaClass.getPackageName();
                String prefix = "dev.sluice.protocol.";
                boolean dialect = name.startsWith(prefix)
                        && !name.substring(prefix.length()).matches(SHARED_PROTOCOL);
                return dialect ? SliceIdentifier.of(name.substring(prefix.length())) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "dialects";
            }
        };
    }

    /// Method references count as calls.
    private static DescribedPredicate<JavaAccess<?>> calls(String what, Predicate<? super JavaAccess<?>> test) {
        return describe(what, test);
    }

    private static boolean readsTheTime(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        return isCall(call, System.class.getName(), Set.of("nanoTime", "currentTimeMillis"))
                || owner.isEquivalentTo(Clock.class)
                        && (call.getName().startsWith("system")
                                || call.getName().startsWith("tick"))
                || owner.getPackageName().startsWith("java.time")
                        && call.getName().equals("now");
    }

    private static boolean rollsDice(JavaAccess<?> call) {
        return isCall(call, Math.class.getName(), Set.of("random"))
                || isCall(call, "java.util.UUID", Set.of("randomUUID"))
                || isCall(call, "java.util.Collections", Set.of("shuffle"))
                        && call.getTarget() instanceof CodeUnitAccessTarget target
                        && target.getRawParameterTypes().size() == 1
                || isCall(call, "java.util.concurrent.ThreadLocalRandom", Set.of("current"))
                || isCall(call, "java.util.random.RandomGenerator", Set.of("of", "getDefault"));
    }

    private static boolean makesDice(JavaAccess<?> call) {
        return call.getName().equals("<init>")
                && (call.getTargetOwner().isAssignableTo(Random.class)
                        || call.getTargetOwner().isAssignableTo(SplittableRandom.class));
    }

    private static boolean isCall(JavaAccess<?> call, String owner, Set<String> names) {
        return call.getTargetOwner().getName().equals(owner) && names.contains(call.getName());
    }
}
