package dev.lifeboat.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.lifeboat.contract.error.LifeboatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which way dependencies point, over the classes of all modules as they were built before this one. */
final class ArchitectureTest {
    private static final String[] FUNCTIONS = {
        "dev.lifeboat.verifier..", "dev.lifeboat.alarm..", "dev.lifeboat.orchestrator..", "dev.lifeboat.dns.."
    };
    private static final String[] LIBRARIES = {
        "dev.lifeboat.contract..",
        "dev.lifeboat.pgarchive..",
        "dev.lifeboat.pgrestore..",
        "dev.lifeboat.aws..",
        "dev.lifeboat.kubernetes..",
        "dev.lifeboat.lambda..",
        "dev.lifeboat.report.."
    };

    private static JavaClasses code;

    @BeforeAll
    static void importEveryModule() {
        Path root = Path.of(System.getProperty("lifeboat.root"));
        List<Path> built = Stream.of("libs", "functions", "local")
                .map(root::resolve)
                .flatMap(ArchitectureTest::classDirectories)
                .toList();
        code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPaths(built);
        // A rule about classes that are not there would hold for nothing.
        for (String each :
                Stream.concat(Stream.of(FUNCTIONS), Stream.of(LIBRARIES)).toList()) {
            String name = each.replace("..", "");
            assertThat(code.stream().anyMatch(c -> c.getPackageName().startsWith(name)))
                    .as("classes of %s; build all modules first", name)
                    .isTrue();
        }
    }

    private static Stream<Path> classDirectories(Path below) {
        try (Stream<Path> files = Files.walk(below, 3)) {
            return files.filter(path -> path.endsWith(Path.of("target", "classes"))).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theContractIsALeaf() {
        check(classes()
                .that()
                .resideInAPackage("dev.lifeboat.contract..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.fasterxml.jackson..", "dev.lifeboat.contract..")
                .because("every part speaks it, so whatever it needed all of them would need"));
    }

    @Test
    void theArchiveReaderNeedsTheJdkAlone() {
        check(classes()
                .that()
                .resideInAPackage("dev.lifeboat.pgarchive..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.airlift.compress.zstd..", "dev.lifeboat.pgarchive..")
                .because("a reader of a file format is of use anywhere, and what it does not need can't be attacked"));
    }

    @Test
    void theRestoreKnowsTheArchiveAndTheDatabaseAlone() {
        check(classes()
                .that()
                .resideInAPackage("dev.lifeboat.pgrestore..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.postgresql..", "dev.lifeboat.pgarchive..", "dev.lifeboat.pgrestore..")
                .because("where the archive lies and who asks is decided above it"));
    }

    @Test
    void theLibrariesBelowTheFunctionsDoNotKnowQuarkus() {
        check(noClasses()
                .that()
                .resideInAnyPackage(Stream.of(LIBRARIES)
                        .filter(each -> !each.startsWith("dev.lifeboat.lambda"))
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "org.eclipse.microprofile..", "dev.lifeboat.lambda..")
                .because("the framework stays at the edge: plain classes are tested and replaced without it"));
    }

    @Test
    void librariesDoNotDependOnFunctions() {
        check(noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FUNCTIONS)
                .because("dependencies point from the functions to the libraries"));
    }

    @Test
    void functionsDoNotDependOnEachOther() {
        check(slices().matching("dev.lifeboat.(verifier|alarm|orchestrator|dns)..")
                .should()
                .notDependOnEachOther()
                .because("each has its own role and zip: they speak through state machines and the bucket"));
    }

    @Test
    void whatIsDeployedDoesNotKnowTheLocalRunnerOrTheTests() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.lifeboat.local..", "dev.lifeboat.testsupport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.lifeboat.local..", "dev.lifeboat.testsupport..")
                .because("a function that knew where it runs could behave otherwise in a drill than in a disaster"));
    }

    @Test
    void theLocalRunnerUsesFunctionsAsTheyAreBuilt() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.lifeboat.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FUNCTIONS)
                .because("a drill runs the zips that AWS runs, through the protocol that AWS speaks"));
    }

    @Test
    void errorsOfTheContractAreFinalClassesOfItsErrorPackage() {
        check(
                classes()
                        .that()
                        .areAssignableTo(LifeboatException.class)
                        .and()
                        .doNotHaveModifier(JavaModifier.ABSTRACT)
                        .should()
                        .resideInAPackage("dev.lifeboat.contract.error")
                        .andShould()
                        .haveModifier(JavaModifier.FINAL)
                        .because(
                                "a state machine matches the exact class name: a subclass, or one elsewhere, it would not catch"));
    }

    @Test
    void nothingSitsInAPackageThatSaysNothing() {
        check(noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..misc..")
                .because("a name says what is in there"));
    }

    private static void check(ArchRule rule) {
        rule.check(code);
    }
}
