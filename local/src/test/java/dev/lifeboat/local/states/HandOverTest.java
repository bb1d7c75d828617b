package dev.lifeboat.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.MachineResource;
import dev.lifeboat.local.template.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Machines that find, in three looks in a row, that it is another one's turn: they name its execution, for what becomes of that is what became of
 * them. With functions that answer what the test says.
 */
class HandOverTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final String SUCCESSOR = "arn:aws:states:us-east-1:123456789012:execution:recover-database:from-x";

    private final FakeServices services = new FakeServices();
    private final Map<String, MachineResource> resources =
            Template.read(ROOT.resolve("template.yaml"), Map.of()).machines();
    private final MachineResource application = resources.get("RecoverApplicationMachine");
    private final MachineResource corruption = resources.get("RecoverCorruptionMachine");
    private final StateMachines machines =
            new StateMachines(List.of(application, corruption), services, new ExecutionListener() {}, 100_000);

    @AfterEach
    void close() {
        machines.close();
    }

    @Test
    void anApplicationWhoseDatabaseIsLostNamesTheRecoveryOfThat() throws Exception {
        services.answer(
                application.substitutions().get("RecoverApplicationFunction"),
                assessment("recover-database"),
                assessment("recover-database"),
                assessment("recover-database"),
                "{\"execution\":\"" + SUCCESSOR + "\",\"started\":true}");

        assertThat(handedTo(application)).isEqualTo(SUCCESSOR);
        assertThat(services.payloads).last().asString().contains("\"action\":\"hand-over\"");
    }

    @Test
    void anApplicationThatNeedsNothingNamesNobody() throws Exception {
        services.answer(application.substitutions().get("RecoverApplicationFunction"), assessment("not-needed"));

        assertThat(handedTo(application)).isNull();
    }

    @Test
    void dataThatCannotBeLookedAtForTheDatabaseIsLostNameTheRecoveryOfThat() throws Exception {
        services.answer(
                corruption.substitutions().get("RecoverApplicationFunction"),
                "{\"execution\":\"" + SUCCESSOR + "\",\"started\":true}");

        assertThat(handedTo(corruption)).isEqualTo(SUCCESSOR);
    }

    private static String assessment(String decision) {
        return "{\"decision\":\"" + decision
                + "\",\"reason\":\"It was seen.\",\"at\":\"2026-11-23T03:14:00Z\",\"acted\":false,"
                + "\"deployments\":[],\"restarts\":[],\"rollBacks\":[],\"rejected\":[]}";
    }

    private String handedTo(MachineResource machine) throws Exception {
        JsonNode input = Json.mapper().readTree(Files.readString(ROOT.resolve("events/recovery-input.json")));
        List<String> database = new ArrayList<>();
        database.add("{\"incident\":\"i\",\"target\":" + input.path("target") + ",\"token\":7}");
        if (machine.equals(corruption)) {
            database.addAll(Collections.nCopies(3, assessment("recover-database")));
        }
        database.add("{\"released\":true}");
        services.answer(machine.substitutions().get("RecoverDatabaseFunction"), database.toArray(String[]::new));
        services.answer(
                machine.substitutions().get("RecoveryReportFunction"),
                "{\"outcome\":\"handed-over\",\"reportKey\":\"r\",\"withinBudget\":true}");

        ExecutionDescription end = machines.await(machines.start(machine.arn(), null, input.toString()), 30);

        assertThat(end.error()).as(end.cause()).isNull();
        return Json.mapper().readTree(end.output()).path("handedTo").textValue();
    }
}
