package dev.lifeboat.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.MachineResource;
import dev.lifeboat.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code settle.asl.json} and {@code rerun-backup.asl.json} as template.yaml deploys them, with functions that answer what the test says. */
class AlarmMachinesTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final String WAIT = "{\"settled\":false,\"waitSeconds\":120,\"message\":\"It may change again.\"}";
    private static final String RUNNING = job("running", "");
    private static final String SUCCEEDED = job("succeeded", "");
    private static final String NONE = "{\"found\":false,\"verified\":false,\"reasons\":[]}";
    private static final String VERIFIED =
            "{\"found\":true,\"verified\":true,\"backupId\":\"recent/backup_20261126_120000\",\"reasons\":[]}";

    private final FakeServices services = new FakeServices();
    private final Map<String, MachineResource> resources =
            Template.read(ROOT.resolve("template.yaml"), Map.of()).machines();
    private final MachineResource settle = resources.get("SettleMachine");
    private final MachineResource rerun = resources.get("RerunBackupMachine");
    private final StateMachines machines =
            new StateMachines(List.of(settle, rerun), services, new ExecutionListener() {}, 100_000);

    @AfterEach
    void close() {
        machines.close();
    }

    private static String job(String state, String more) {
        return "{\"name\":\"backup-again-1\",\"state\":\"" + state + "\",\"startedAt\":\"2026-11-26T12:00:00Z\"" + more
                + "}";
    }

    @Test
    void anAlarmIsLookedAtUntilItRests() throws Exception {
        services.answer(
                handler(settle), WAIT, WAIT, "{\"settled\":true,\"waitSeconds\":1,\"message\":\"Recovery x runs.\"}");

        ExecutionDescription end = run(settle, "settle-input.json");

        assertThat(end.output()).isEqualTo("{\"message\":\"Recovery x runs.\"}");
        assertThat(services.payloads)
                .hasSize(3)
                .first()
                .isEqualTo("{\"action\":\"settle\",\"alarm\":\"cloudtolocalllm-database-not-answering\","
                        + "\"since\":\"2026-11-23T06:45:03.123Z\",\"follows\":true}");
        assertThat(services.published).isEmpty();
    }

    @Test
    void anAlarmWhoseRecoveryNeverEndsIsToldToPeople() throws Exception {
        services.answer(handler(settle), WAIT);

        ExecutionDescription end = run(settle, "settle-input.json");

        assertThat(end.error()).isEqualTo("NeverEnds");
        assertThat(services.payloads).hasSize(132);
        assertThat(services.published)
                .singleElement()
                .asString()
                .contains("Lifeboat: an alarm was waited for in vain")
                .contains("NeverEnds: It was looked at 132 times: It may change again.. Nobody looks at it any more.");
    }

    @Test
    void anAlarmThatNeverRestsIsToldToPeople() throws Exception {
        services.answer(handler(settle), WAIT);

        ExecutionDescription end = start(settle, input("settle-input.json").replace("true", "false"));

        assertThat(end.error()).isEqualTo("NeverRests");
        assertThat(services.payloads).hasSize(36);
        assertThat(services.published)
                .singleElement()
                .asString()
                .contains(
                        "NeverRests: It did not rest in 36 looks: It may change again.. Nobody looks at it any more.");
    }

    @Test
    void aLookThatFailsIsToldToPeople() throws Exception {
        services.answer(handler(settle), "error:dev.lifeboat.contract.error.MisconfiguredException");

        assertThat(run(settle, "settle-input.json").error())
                .isEqualTo("dev.lifeboat.contract.error.MisconfiguredException");
        assertThat(services.published).singleElement().asString().contains("Nobody looks at it any more.");
    }

    @Test
    void aBackupIsMadeAndPeopleHearThatItIsVerified() throws Exception {
        services.answer(application(), RUNNING, RUNNING, SUCCEEDED);
        services.answer(handler(rerun), NONE, VERIFIED);

        ExecutionDescription end = run(rerun, "rerun-backup-input.json");

        assertThat(Json.mapper().readTree(end.output()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"outcome\":\"verified\",\"backup\":\"recent/backup_20261126_120000\","
                                + "\"job\":\"backup-again-1\"}"));
        assertThat(services.published)
                .singleElement()
                .asString()
                .contains("Lifeboat: the missing backup was made")
                .contains("Job backup-again-1 made recent/backup_20261126_120000, and it is verified.");
        assertThat(services.payloads.get(0))
                .contains("\"action\":\"run-backup\"")
                .contains("\"cronJob\":\"postgres-backup-recent\"");
        assertThat(services.payloads.get(3))
                .isEqualTo(
                        "{\"action\":\"backup-verdict\",\"database\":\"cloudtolocalllm\",\"since\":\"2026-11-26T12:00:00Z\"}");
    }

    @Test
    void aBackupThatFailsAgainIsToldToPeople() throws Exception {
        services.answer(application(), RUNNING, job("failed", ",\"reason\":\"BackoffLimitExceeded: twice\""));

        assertThat(run(rerun, "rerun-backup-input.json").error()).isEqualTo("BackupFailedAgain");
        assertThat(services.published)
                .singleElement()
                .asString()
                .contains("Lifeboat: a backup is missing, and could NOT be made")
                .contains("Job backup-again-1 failed, too: BackoffLimitExceeded: twice")
                .contains("docs/runbooks/backup-failed.md");
    }

    @Test
    void aBackupThatIsMadeAndNotSoundIsToldToPeople() throws Exception {
        services.answer(application(), SUCCEEDED);
        services.answer(
                handler(rerun),
                "{\"found\":true,\"verified\":false,\"backupId\":\"b\",\"reasons\":[\"It is cut.\",\"It is short.\"]}");

        assertThat(run(rerun, "rerun-backup-input.json").error()).isEqualTo("NotVerified");
        assertThat(services.published)
                .singleElement()
                .asString()
                .contains("Backup b was made and is not sound: It is cut. It is short.");
    }

    @Test
    void aBackupThatNobodyVerifiesIsToldToPeople() throws Exception {
        services.answer(application(), SUCCEEDED);
        services.answer(handler(rerun), NONE);

        assertThat(run(rerun, "rerun-backup-input.json").error()).isEqualTo("NoVerdict");
        assertThat(services.published).hasSize(1);
    }

    private String handler(MachineResource machine) {
        return machine.substitutions().get("AlarmHandlerFunction");
    }

    private String application() {
        return rerun.substitutions().get("RecoverApplicationFunction");
    }

    private ExecutionDescription run(MachineResource machine, String input) throws Exception {
        return start(machine, input(input));
    }

    private static String input(String file) throws IOException {
        return Files.readString(ROOT.resolve("events").resolve(file));
    }

    private ExecutionDescription start(MachineResource machine, String json) throws Exception {
        return machines.await(machines.start(machine.arn(), null, json), 30);
    }
}
