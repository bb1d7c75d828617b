package dev.lifeboat.local.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each model to the action that it stands for: the functions' classes as they were built, seen by reflection. */
class ModelContractTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final String CONTRACT = "dev.lifeboat.contract.error.";
    private static final Collection<ActionModel> MODELS =
            ActionModels.declared().all();
    private static final URLClassLoader FUNCTIONS = functions();

    private static URLClassLoader functions() {
        URL[] classes = Stream.of("functions", "libs")
                .flatMap(folder -> list(ROOT.resolve(folder)))
                .map(module -> module.resolve("target/classes"))
                .filter(Files::isDirectory)
                .map(ModelContractTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(classes, ModelContractTest.class.getClassLoader());
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> modules = Files.list(folder)) {
            return modules.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void close() throws IOException {
        FUNCTIONS.close();
    }

    static Stream<ActionModel> models() {
        return MODELS.stream();
    }

    static Stream<ActionModel> modelsWithResults() {
        return models().filter(model -> !model.resultClass().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "RecoverDatabase, dev.lifeboat.orchestrator.database.DatabaseRequest",
        "RecoverCluster, dev.lifeboat.orchestrator.cluster.ClusterRequest",
        "RecoverApplication, dev.lifeboat.orchestrator.application.ApplicationRequest",
        "RecoveryReport, dev.lifeboat.orchestrator.report.ReportRequest",
        "DnsFailover, dev.lifeboat.dns.DnsRequest"
    })
    void everyActionOfAFunctionHasAModelAndEveryModelAnAction(String function, String request) throws Exception {
        assertThat(modelled(function)).isEqualTo(actions(request));
    }

    @Test
    void everyActionOfTheVerifierHasAModelAndEveryModelAnAction() throws Exception {
        Set<String> actions = actions("dev.lifeboat.verifier.LargeRequest");
        actions.addAll(actions("dev.lifeboat.verifier.RepositoryRequest"));
        actions.add("verify");

        assertThat(modelled("BackupVerifier")).isEqualTo(actions);
        assertThat(modelled("IntegrityAuditor")).containsExactly("summarise");
    }

    @Test
    void everyActionOfTheAlarmHandlerHasAModelAndEveryModelAnAction() throws Exception {
        Set<String> actions = new TreeSet<>();
        for (Class<?> request :
                FUNCTIONS.loadClass("dev.lifeboat.alarm.AlarmRequest").getPermittedSubclasses()) {
            for (Field field : request.getDeclaredFields()) {
                if (field.getName().equals("ACTION")) {
                    field.setAccessible(true);
                    actions.add((String) field.get(null));
                }
            }
        }

        assertThat(modelled("AlarmHandler")).isEqualTo(actions);
    }

    private static Set<String> modelled(String function) {
        return models().filter(model -> model.function().equals(function))
                .map(ActionModel::action)
                .filter(action -> !action.equals("ready"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> actions(String request) throws ClassNotFoundException {
        JsonSubTypes types = FUNCTIONS.loadClass(request).getAnnotation(JsonSubTypes.class);
        return Arrays.stream(types.value()).map(JsonSubTypes.Type::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyFunctionOfAModelIsInTheTemplate() {
        Set<String> functions = Template.read(ROOT.resolve("template.yaml"), Map.of())
                .functions()
                .keySet();

        assertThat(models().map(ActionModel::function)
                        .filter(name -> !Set.of("sns", "aws-sdk").contains(name) && !name.endsWith(" states")))
                .allMatch(functions::contains);
    }

    /** Strictly, as whoever gets the answer would: no field too many, none too few, no word that the enum does not have. */
    @ParameterizedTest
    @MethodSource("modelsWithResults")
    void everyAnswerIsOneThatTheActionMayGive(ActionModel model) throws Exception {
        Class<?> result = FUNCTIONS.loadClass(model.resultClass());
        for (ObjectNode answer : model.answers().values()) {
            assertThat(Json.read(model.name(), answer.toString(), result)).isNotNull();
            for (RecordComponent component : result.getRecordComponents()) {
                assertThat(!component.getType().isPrimitive() || answer.has(component.getName()))
                        .as("%s has %s", model.name(), component.getName())
                        .isTrue();
            }
        }
    }

    /** What is not so is an error: of a restore that was checked, and of an instance that was looked into. */
    private static final Set<String> ALWAYS_TRUE = Set.of("matches", "sound");

    /** What a machine may tell apart is there in each of its values. */
    @ParameterizedTest
    @MethodSource("modelsWithResults")
    void everyWordAndEveryYesAndNoThatAnActionMayAnswerIsInAnAnswer(ActionModel model) throws Exception {
        for (RecordComponent component :
                FUNCTIONS.loadClass(model.resultClass()).getRecordComponents()) {
            Set<String> answered = model.answers().values().stream()
                    .map(answer -> answer.path(component.getName()))
                    .filter(value -> !value.isMissingNode())
                    .map(JsonNode::asText)
                    .collect(Collectors.toSet());
            if (component.getType().isEnum()) {
                assertThat(answered).as("%s %s", model.name(), component).isEqualTo(words(component.getType()));
            }
            if (component.getType() == boolean.class && !ALWAYS_TRUE.contains(component.getName())) {
                assertThat(answered).as("%s %s", model.name(), component).containsExactlyInAnyOrder("true", "false");
            }
        }
    }

    /** As the JSON contract spells the constants. */
    private static Set<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> Json.mapper().convertValue(constant, String.class))
                .collect(Collectors.toSet());
    }

    @Test
    void theErrorsOfTheModelsAreThoseOfTheContract() throws IOException {
        Set<String> contract;
        try (Stream<Path> files = Files.list(ROOT.resolve("libs/contract/src/main/java/dev/lifeboat/contract/error"))) {
            contract = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("LifeboatException"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> modelled = models().flatMap(
                        model -> Stream.concat(model.errors().stream(), model.refusals().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(modelled)
                .isEqualTo(contract)
                .allSatisfy(
                        name -> assertThat(LifeboatException.class).isAssignableFrom(Class.forName(CONTRACT + name)));
    }

    @Test
    void aMachineIsCalledAsItsFileIs() {
        Template.read(ROOT.resolve("template.yaml"), Map.of())
                .machines()
                .forEach((logicalId, machine) -> assertThat(MachineFile.nameOf(logicalId) + ".asl.json")
                        .isEqualTo(machine.definition().getFileName().toString()));
    }
}
