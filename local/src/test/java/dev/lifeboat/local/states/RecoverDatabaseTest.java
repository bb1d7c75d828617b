package dev.lifeboat.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.MachineResource;
import dev.lifeboat.local.template.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code recover-database.asl.json} as template.yaml deploys it, with functions that answer what the test says. */
class RecoverDatabaseTest {
    private static final String FENCED_OFF = "dev.lifeboat.contract.error.FencedOffException";
    private static final String NONE_VERIFIED = "dev.lifeboat.contract.error.NoVerifiedBackupException";
    private static final List<String> LOOKING = List.of("acquire-lease", "assess", "choose-rung", "select-backup");
    private static final List<String> RESTORING =
            List.of("plan", "prepare", "restore-shard", "restore-shard", "finish", "check", "cut-over");
    private static final List<String> ENDING = List.of("report", "release-lease");

    @TempDir
    Path directory;

    private StateMachines machines;
    private int patienceSeconds = 3600;
    /** What a rebuild of the cluster passes on; null for nothing. */
    private String approved;

    @AfterEach
    void close() {
        machines.close();
    }

    private String start(ScriptedSteps steps, String purpose) throws Exception {
        return start(steps, purpose, "");
    }

    /** @param more fields of the input, each after a comma */
    private String start(ScriptedSteps steps, String purpose, String more) throws Exception {
        MachineResource machine = Template.read(Path.of(System.getProperty("lifeboat.root"), "template.yaml"), Map.of())
                .machines()
                .get("RecoverDatabaseMachine");
        // An hour of patience is no test's where nobody answers.
        Path impatient = Files.writeString(
                directory.resolve("m.asl.json"),
                Files.readString(machine.definition())
                        .replace("\"TimeoutSeconds\": 3600", "\"TimeoutSeconds\": " + patienceSeconds));
        machines = new StateMachines(
                List.of(new MachineResource(
                        machine.logicalId(), machine.name(), machine.arn(), impatient, machine.substitutions())),
                steps,
                new ExecutionListener() {},
                10_000);
        return machines.start(machine.arn(), "i", """
                {"incident":"i","trigger":{"kind":"alarm","source":"a","at":"2026-11-23T03:14:00Z"},
                 "target":{"name":"shop","purpose":"PURPOSE","cluster":"c","namespace":"n","postgresService":"postgres",
                  "database":"d","backupOf":"d","adminSecret":"s","deployments":["web"],"healthUrls":["https://shop"],
                  "loadBalancer":{"namespace":"n","name":"lb"},"dns":{"zone":"example.org","records":["shop.example.org"]}}MORE}
                """.replace("PURPOSE", purpose).replace("MORE", more).replace(
                "{\"incident\"", approved == null ? "{\"incident\"" : "{\"approval\":" + approved + ",\"incident\""));
    }

    private ExecutionDescription run(ScriptedSteps steps) throws Exception {
        String execution = start(steps, "live");
        return machines.await(execution, 20);
    }

    /** The n-th request for an approval, 1 and more. */
    private static JsonNode asked(ScriptedSteps steps, int number) throws Exception {
        Instant patience = Instant.now().plusSeconds(10);
        while (true) {
            List<JsonNode> requests = steps.payloads.stream()
                    .filter(payload -> payload.path("action").asText().equals("request-approval"))
                    .toList();
            if (requests.size() >= number) {
                return requests.get(number - 1);
            }
            assertThat(Instant.now()).as("a person is asked").isBefore(patience);
            Thread.sleep(5);
        }
    }

    private void approve(JsonNode request) {
        machines.tokens().succeed(request.path("taskToken").asText(), "{\"approvedBy\":\"Ann\"}");
    }

    private static List<String> all(List<?>... parts) {
        return Arrays.stream(parts)
                .flatMap(List::stream)
                .map(String.class::cast)
                .toList();
    }

    @Test
    void inModeAutomaticItRepairsWithoutAsking() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("automatic");

        assertThat(run(steps).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        assertThat(steps.actions())
                .isEqualTo(all(
                        LOOKING,
                        RESTORING,
                        List.of("restart", "rollout-status", "find-load-balancer", "ensure", "check-health"),
                        ENDING));
        assertThat(steps.last("report").path("permission").path("mode").asText())
                .isEqualTo("automatic");
        assertThat(steps.last("report").path("outcome").asText()).isEqualTo("recovered");
    }

    @Test
    void whoActsUnderTheLeaseOfAnotherExecutionDoesNotGiveItBack() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("automatic");

        String execution = start(steps, "live", ",\"lease\":{\"execution\":\"arn:parent\",\"token\":7}");

        assertThat(machines.await(execution, 20).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(steps.last("acquire-lease").path("lease").toString())
                .isEqualTo("{\"execution\":\"arn:parent\",\"token\":7}");
        assertThat(steps.actions()).endsWith("report").doesNotContain("release-lease");
    }

    @Test
    void whoActsUnderTheLeaseOfAnotherExecutionDoesNotGiveItBackWhenItGivesUpEither() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("automatic").answer("select-backup", "error:" + NONE_VERIFIED);

        String execution = start(steps, "live", ",\"lease\":{\"execution\":\"arn:parent\",\"token\":7}");

        assertThat(machines.await(execution, 20).status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(steps.actions()).endsWith("reopen-live", "report");
    }

    @Test
    void inModeObserveItLooksAndReportsWhatItWouldHaveDone() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("observe");

        assertThat(run(steps).output()).contains("\"outcome\":\"observed\"");

        assertThat(steps.actions()).isEqualTo(all(LOOKING, List.of("reopen-live"), ENDING));
        JsonNode permission = steps.last("report").path("permission");
        assertThat(permission.path("repair").asText()).isEqualTo("restore-backup");
        assertThat(permission.path("backup").path("backupId").asText()).isEqualTo("recent/b1");
        assertThat(steps.last("report").path("backup").isNull()).isTrue();
    }

    @Test
    void aHealthyTargetIsNobodysDecision() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("approve").answer("assess", ScriptedSteps.HEALTHY);

        assertThat(run(steps).output()).contains("\"outcome\":\"not-needed\"");

        assertThat(steps.actions()).isEqualTo(all(List.of("acquire-lease", "assess"), ENDING));
        assertThat(steps.last("report").path("permission").isNull()).isTrue();
    }

    @Test
    void inModeApproveItWaitsForAPersonAndThenLooksAgainBeforeItRepairs() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("approve");
        String execution = start(steps, "live");
        JsonNode request = asked(steps, 1);
        assertThat(steps.actions()).isEqualTo(all(LOOKING, List.of("request-approval")));
        assertThat(request.path("execution").asText()).isEqualTo(execution);
        assertThat(request.path("assessment").path("reason").asText()).isEqualTo("it is lost");
        assertThat(request.path("permission").path("backup").path("backupId").asText())
                .isEqualTo("recent/b1");

        approve(request);

        assertThat(machines.await(execution, 20).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(steps.actions())
                .startsWith(
                        all(LOOKING, List.of("request-approval", "confirm-lease", "assess", "select-backup"), RESTORING)
                                .toArray(String[]::new));
        assertThat(steps.last("report").path("permission").path("approval"))
                .isEqualTo(Json.mapper()
                        .readTree("{\"repair\":\"restore-backup\",\"approved\":true,\"by\":\"Ann\",\"reason\":null}"));
    }

    @Test
    void whatWasApprovedWithTheRebuildOfTheClusterIsNotAskedAboutAgain() throws Exception {
        approved = "{\"repair\":\"rebuild-cluster\",\"approved\":true,\"by\":\"Ann\",\"reason\":null}";
        ScriptedSteps steps = new ScriptedSteps("approve");

        assertThat(run(steps).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        assertThat(steps.actions()).contains("cut-over").doesNotContain("request-approval");
        assertThat(steps.last("report").path("permission").path("approval"))
                .isEqualTo(Json.mapper().readTree(approved));
    }

    @Test
    void whatWasRefusedOrApprovedForSomethingElseIsNoPermission() throws Exception {
        for (String given : List.of(
                "{\"repair\":\"rebuild-cluster\",\"approved\":false,\"by\":null,\"reason\":\"no\"}",
                "{\"repair\":\"roll-back\",\"approved\":true,\"by\":\"Ann\",\"reason\":null}")) {
            approved = given;
            ScriptedSteps steps = new ScriptedSteps("approve");
            start(steps, "live");
            assertThat(asked(steps, 1).path("permission").path("repair").asText())
                    .isEqualTo("restore-backup");
            assertThat(steps.actions()).doesNotContain("cut-over");
            machines.close();
        }
    }

    @Test
    void whatIsWellByTheTimeOfTheApprovalIsLeftAlone() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("approve").answer("assess", ScriptedSteps.LOST, ScriptedSteps.HEALTHY);
        String execution = start(steps, "live");

        approve(asked(steps, 1));

        assertThat(machines.await(execution, 20).output()).contains("\"outcome\":\"not-needed\"");
        assertThat(steps.actions())
                .isEqualTo(all(LOOKING, List.of("request-approval", "confirm-lease", "assess"), ENDING));
    }

    @Test
    void aRefusalIsReportedAndTheLeaseGivenBack() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("approve");
        String execution = start(steps, "live");

        machines.tokens().fail(asked(steps, 1).path("taskToken").asText(), "NotApproved", "we do it by hand");

        assertThat(machines.await(execution, 20).output()).contains("\"outcome\":\"not-approved\"");
        assertThat(steps.actions()).isEqualTo(all(LOOKING, List.of("request-approval", "reopen-live"), ENDING));
        JsonNode approval = steps.last("report").path("permission").path("approval");
        assertThat(approval.path("approved").asBoolean()).isFalse();
        assertThat(approval.path("reason").asText()).isEqualTo("we do it by hand");
    }

    @Test
    void whenNobodyAnswersAPersonIsTold() throws Exception {
        patienceSeconds = 1;
        ScriptedSteps steps = new ScriptedSteps("approve");

        ExecutionDescription end = run(steps);

        assertThat(end.error()).isEqualTo("NeedsPerson");
        assertThat(end.cause())
                .isEqualTo("RequestApproval: States.Timeout: Nobody approved or refused the repair within an hour.");
        assertThat(steps.actions()).isEqualTo(all(LOOKING, List.of("request-approval", "reopen-live"), ENDING));
        assertThat(steps.last("report").path("outcome").asText()).isEqualTo("needs-person");
    }

    @Test
    void aRequestThatReachesNobodyIsAPersonsToo() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("approve")
                .answer("request-approval", "error:dev.lifeboat.contract.error.MisconfiguredException");

        assertThat(run(steps).error()).isEqualTo("NeedsPerson");

        assertThat(steps.actions()).doesNotContainAnyElementsOf(RESTORING);
    }

    @Test
    void anApprovalIsNoUseToWhoeverLostTheLeaseMeanwhile() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("approve").answer("confirm-lease", "error:" + FENCED_OFF);
        String execution = start(steps, "live");

        approve(asked(steps, 1));

        assertThat(machines.await(execution, 20).error()).isEqualTo(FENCED_OFF);
        assertThat(steps.actions()).isEqualTo(all(LOOKING, List.of("request-approval", "confirm-lease")));
    }

    @Test
    void anApprovalIsForTheRepairThatWasAskedAboutAlone() throws Exception {
        String[] looks = new String[14];
        Arrays.fill(looks, ScriptedSteps.SILENT);
        looks[13] = ScriptedSteps.LOST;
        ScriptedSteps steps = new ScriptedSteps("approve").answer("assess", looks);
        String execution = start(steps, "live");
        JsonNode first = asked(steps, 1);
        assertThat(first.path("permission").path("repair").asText()).isEqualTo("restart-pod");
        assertThat(first.path("permission").path("backup").isNull()).isTrue();

        approve(first);
        JsonNode second = asked(steps, 2);

        assertThat(second.path("permission").path("repair").asText()).isEqualTo("restore-backup");
        assertThat(steps.actions()).containsSubsequence("request-approval", "restart-pod", "request-approval");
        approve(second);
        assertThat(machines.await(execution, 20).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aServerThatAnswersAfterARestartIsRecovered() throws Exception {
        String[] looks = new String[14];
        Arrays.fill(looks, ScriptedSteps.SILENT);
        looks[13] = ScriptedSteps.HEALTHY;
        ScriptedSteps steps = new ScriptedSteps("automatic").answer("assess", looks);

        assertThat(run(steps).output()).contains("\"outcome\":\"recovered\"");

        assertThat(steps.actions()).contains("restart-pod").doesNotContainAnyElementsOf(RESTORING);
    }

    @Test
    void aDrillWaitsForNobody() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("observe");

        String execution = start(steps, "drill");
        ExecutionDescription end = machines.await(execution, 20);

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(steps.actions()).contains("cut-over").doesNotContain("request-approval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Automatic", "automatic "})
    void aModeThatSaysNothingAsksAPerson(String mode) throws Exception {
        ScriptedSteps steps = new ScriptedSteps(mode);
        start(steps, "live");

        assertThat(asked(steps, 1).path("permission").path("mode").asText()).isEqualTo("approve");
    }

    @Test
    void aModeThatCannotBeReadAsksAPerson() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("automatic");
        steps.modeIsUnreadable = true;
        start(steps, "live");

        assertThat(asked(steps, 1).path("permission").path("mode").asText()).isEqualTo("approve");
        assertThat(steps.actions()).doesNotContainAnyElementsOf(RESTORING);
    }

    @Test
    void aModeThatBecomesObserveDuringTheRestoreStopsBeforeTheSwap() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("automatic").modeAfter("check", "observe");

        assertThat(run(steps).output()).contains("\"outcome\":\"observed\"");

        assertThat(steps.actions())
                .isEqualTo(all(LOOKING, RESTORING.subList(0, RESTORING.size() - 1), List.of("reopen-live"), ENDING));
        assertThat(steps.last("report").path("planKey").asText()).isEqualTo("k");
        assertThat(steps.last("report").path("check").path("matches").asBoolean())
                .isTrue();
    }

    @Test
    void aModeThatBecomesApproveDuringTheRestoreAsksBeforeTheSwap() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("automatic").modeAfter("check", "approve");
        String execution = start(steps, "live");
        JsonNode request = asked(steps, 1);
        assertThat(steps.actions()).endsWith("check", "request-approval").doesNotContain("cut-over");

        approve(request);

        assertThat(machines.await(execution, 20).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(steps.actions()).containsOnlyOnce("request-approval").containsOnlyOnce("cut-over");
    }

    @Test
    void aModeThatIsChangedCountsFromTheNextDecision() throws Exception {
        ScriptedSteps steps = new ScriptedSteps("approve").answer("prepare", "error:java.lang.IllegalStateException");
        String execution = start(steps, "live");
        JsonNode request = asked(steps, 1);

        steps.mode = "observe";
        approve(request);

        assertThat(machines.await(execution, 20).output()).contains("\"outcome\":\"observed\"");
        assertThat(steps.actions()).doesNotContainAnyElementsOf(RESTORING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assess",
                "choose-rung",
                "select-backup",
                "plan",
                "prepare",
                "restore-shard",
                "finish",
                "check",
                "cut-over",
                "restart",
                "rollout-status",
                "find-load-balancer",
                "ensure"
            })
    void whoeverLosesTheLeaseMidwayStopsThere(String action) throws Exception {
        ScriptedSteps steps = new ScriptedSteps("automatic").answer(action, "error:" + FENCED_OFF);

        ExecutionDescription end = run(steps);

        assertThat(end.error()).isEqualTo(FENCED_OFF);
        // Both shards are under way at once.
        assertThat(steps.actions()).last().isEqualTo(action);
        assertThat(steps.actions()).doesNotContain("reopen-live", "release-lease");
        assertThat(steps.published).containsExactly("Lifeboat: a recovery of shop was fenced off");
    }
}
