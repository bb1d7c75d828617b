package dev.lifeboat.orchestrator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.RejectedRung;
import dev.lifeboat.report.Remaining;
import dev.lifeboat.report.Step;
import dev.lifeboat.report.StepOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryReportingTest {
    private static final String KEY = "recoveries/cloudtolocalllm-database-20261123T031400Z/report.";

    private final FakeAws aws = new FakeAws();
    private final RecoveryReportHandler handler = new RecoveryReportHandler(
            () -> new RecoveryReporting(
                    aws.stepFunctions(), aws.s3(), aws.sns(), "backups", "arn:aws:sns:us-east-1:123456789012:lifeboat"),
            (question, readiness) -> {});

    @BeforeEach
    void history() {
        new ExampleExecution(aws).recovered();
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void answersWithTheMeasures() {
        assertThat(report(event -> {}))
                .isEqualTo(json("{\"outcome\":\"recovered\",\"reportKey\":\"" + KEY
                        + "json\",\"rtoSeconds\":272,\"rpoSeconds\":2637,\"withinBudget\":true}"));
    }

    @Test
    void readsEveryPageOfTheHistory() {
        report(event -> {});

        assertThat(aws.pages()).isGreaterThan(10);
    }

    @Test
    void theStepsAreThoseOfTheHistory() {
        report(event -> {});

        assertThat(stored().steps())
                .containsExactly(
                        step("AcquireLease", null, 1, 1, StepOutcome.SUCCEEDED, 1, null),
                        step("Assess", Component.DATABASE, 2, 10, StepOutcome.SUCCEEDED, 2, "looked 2 times"),
                        step(
                                "Plan",
                                Component.DATABASE,
                                12,
                                1,
                                StepOutcome.FAILED,
                                1,
                                "1 failed attempt, with BackupUnusableException"),
                        step("SelectBackup", Component.DATABASE, 13, 1, StepOutcome.SUCCEEDED, 1, null),
                        step(
                                "RestoreShards",
                                Component.DATABASE,
                                15,
                                45,
                                StepOutcome.SUCCEEDED,
                                3,
                                "2 iterations; 1 failed attempt, with ExitError"),
                        step("CutOver", Component.DATABASE, 60, 62, StepOutcome.SUCCEEDED, 1, null),
                        step("RolloutStatus", Component.APPLICATIONS, 123, 27, StepOutcome.SUCCEEDED, 1, null),
                        step("EnsureDns", Component.DNS, 150, 2, StepOutcome.SUCCEEDED, 1, null));
    }

    @Test
    void recoveryTimeEndsWithTheLastRepairingStepAndBudgetsAreMeasuredApart() {
        report(event -> {});

        assertThat(stored().measures().recoveredAt()).isEqualTo(ExampleExecution.START.plusSeconds(152));
        assertThat(stored().measures().databaseReadyAt()).isEqualTo(ExampleExecution.START.plusSeconds(122));
        assertThat(stored().measures().budgets())
                .extracting(budget -> budget.component() + " " + budget.actualSeconds() + " " + budget.held())
                .containsExactly(
                        "SYSTEM 272 true",
                        "DATABASE 242 true",
                        "APPLICATIONS 27 true",
                        "DNS 2 true",
                        "DATA_LOSS 2637 true");
    }

    @Test
    void theReportIsCompleteBeforePeopleAreToldAndTheMarkOfItIsWrittenLast() {
        report(event -> {});

        assertThat(aws.order())
                .containsExactly(
                        "put " + KEY + "html text/html; charset=utf-8",
                        "publish arn:aws:sns:us-east-1:123456789012:lifeboat",
                        "put " + KEY + "json application/json");
        assertThat(new String(aws.objects().get(KEY + "html"), StandardCharsets.UTF_8))
                .contains("<h1>Recovered in 4 min 32 s</h1>");
        Map<String, String> message = aws.messages().get(0);
        assertThat(message.get("Subject")).isEqualTo("Lifeboat: cloudtolocalllm recovered in 4 min 32 s");
        assertThat(message.get("Message"))
                .contains("Backup     recent/backup_20261123_023000")
                .endsWith("The whole report: s3://backups/" + KEY + "html\n");
    }

    @Test
    void aSecondCallTellsNobodyAgain() {
        JsonNode first = report(event -> {});

        assertThat(report(event -> {})).isEqualTo(first);
        assertThat(aws.messages()).hasSize(1);
    }

    @Test
    void anotherOutcomeOfTheSameIncidentIsToldAgain() {
        report(RecoveryReportingTest::needsPerson);
        report(event -> {});

        assertThat(aws.messages())
                .extracting(message -> message.get("Subject"))
                .containsExactly(
                        "Lifeboat: cloudtolocalllm NEEDS A PERSON",
                        "Lifeboat: cloudtolocalllm recovered in 4 min 32 s");
    }

    @Test
    void aTellingThatFailsIsRetryableAndLeavesNoMarkOfHavingTold() {
        aws.failPublishing();

        assertThatExceptionOfType(AwsUnavailableException.class)
                .isThrownBy(() -> report(event -> {}))
                .withMessageStartingWith(
                        "Cannot publish to arn:aws:sns:us-east-1:123456789012:lifeboat: AWS answered 503");
        assertThat(aws.objects()).doesNotContainKey(KEY + "json");
        report(event -> {});
        assertThat(aws.messages()).hasSize(1);
    }

    @Test
    void aPersonGetsTheExactCommands() {
        report(RecoveryReportingTest::needsPerson);

        assertThat(stored().outcome()).isEqualTo(Outcome.NEEDS_PERSON);
        assertThat(stored().measures().rtoSeconds()).isNull();
        assertThat(stored().remaining())
                .extracting(Remaining::command)
                .containsExactly(
                        "aws stepfunctions get-execution-history --reverse-order --max-results 30 --execution-arn"
                                + " arn:aws:states:us-east-1:123456789012:execution:cloudtolocalllm-recover-database:cloudtolocalllm-database-20261123T031400Z",
                        "kubectl -n cloudtolocalllm get pods -o wide",
                        "BACKUP_BUCKET=backups scripts/aws/restore-postgres.sh list",
                        "kubectl -n cloudtolocalllm port-forward service/postgres 5432:5432",
                        "BACKUP_BUCKET=backups PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=cloudtolocalllm"
                                + " scripts/aws/restore-postgres.sh restore newest",
                        startAgain());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "make-room | kubectl -n cloudtolocalllm exec postgres-0 -- df -h",
                "correct-login | aws secretsmanager put-secret-value --secret-id cloudtolocalllm/database-admin --secret-string",
                "reconnect | kubectl -n cloudtolocalllm get networkpolicies,endpoints -o wide",
                "replace-volume | kubectl -n cloudtolocalllm describe persistentvolumeclaims",
                "examine | kubectl -n cloudtolocalllm get pods,persistentvolumeclaims -o wide"
            })
    void whatOnlyAPersonCanPutRightComesFirstAndNothingIsRestoredOverIt(String decision, String command) {
        report(event -> {
            needsPerson(event);
            event.putObject("failure").put("step", "Assess").put("error", "Undecided");
            ((ObjectNode) event.path("assessment"))
                    .put("condition", "undecided")
                    .put("decision", decision);
        });

        List<String> commands =
                stored().remaining().stream().map(Remaining::command).toList();
        assertThat(commands.get(1)).startsWith(command);
        assertThat(commands).contains(startAgain());
        assertThat(commands).noneMatch(each -> each.contains("restore newest"));
    }

    @Test
    void theEvidenceTheDecisionAndTheRungsThatWereNotTakenAreInBothReports() {
        report(event -> {});

        assertThat(stored().evidence().decision()).isEqualTo("restore");
        assertThat(stored().evidence().looks()).hasSize(2);
        assertThat(stored().evidence().rejected())
                .extracting(RejectedRung::rung)
                .containsExactly("leave-alone", "restart-pod");
        assertThat(new String(aws.objects().get(KEY + "html"), StandardCharsets.UTF_8))
                .contains(
                        "<strong>lost</strong>, so <strong>restore</strong>: ",
                        "<th scope=\"row\">restart-pod</th>",
                        "PostgreSQL answers: a restart brings no data back.");
    }

    @Test
    void whenOnlyTheApplicationIsNotWellTheCommandsAreOfTheApplicationAndOfTheUndo() {
        report(event -> {
            event.put("outcome", "needs-person");
            ((ObjectNode) event.path("applications").path("deployments").get(0)).put("complete", false);
            ((ObjectNode) event.path("health").path("results").get(1)).put("healthy", false);
            event.putNull("dns");
        });

        assertThat(stored().remaining())
                .extracting(Remaining::command)
                .filteredOn(command -> command != null)
                .element(1)
                .isEqualTo("kubectl -n cloudtolocalllm describe deployment web-app");
        assertThat(stored().remaining())
                .extracting(Remaining::command)
                .contains(
                        "curl -sS -i https://api.cloudtolocalllm.online/health",
                        "kubectl -n cloudtolocalllm get service -o wide",
                        "PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=cloudtolocalllm"
                                + " scripts/aws/restore-postgres.sh undo --quarantine cloudtolocalllm_quarantine_7");
        assertThat(stored().remaining())
                .last()
                .extracting(Remaining::what)
                .asString()
                .startsWith("The lost database is kept as quarantine.");
    }

    @Test
    void stepsThatNeverCameToAnAnswerAreLeftToDo() {
        report(event -> {
            event.put("outcome", "needs-person");
            List.of("applications", "health", "dns").forEach(event::putNull);
        });

        assertThat(stored().remaining())
                .extracting(Remaining::command)
                .contains(
                        "kubectl -n cloudtolocalllm rollout restart deployment web-app",
                        "kubectl -n cloudtolocalllm rollout restart deployment api-backend",
                        "curl -sS -i https://app.cloudtolocalllm.online/health");
    }

    @Test
    void whatARecoveryCouldNotPutRightIsLeftToDoThoughItEndedWell() {
        report(event -> {
            event.putArray("rejected")
                    .addObject()
                    .put("backupId", "recent/backup_20261123_030000")
                    .put("reason", "It is cut.");
            ((ObjectNode) event.path("cutOver")).putArray("rolledBack").add("order-7");
        });

        assertThat(stored().remaining())
                .extracting(Remaining::what)
                .anySatisfy(what -> assertThat(what).contains("recent/backup_20261123_030000"))
                .anySatisfy(what -> assertThat(what).contains("order-7"));
    }

    @Test
    void aLiveDatabaseThatCouldNotBeOpenedAgainIsLeftToDo() {
        report(event -> {
            needsPerson(event);
            event.putArray("problems")
                    .addObject()
                    .put("step", "ReopenLive")
                    .put("error", "States.Timeout")
                    .put("cause", "");
        });

        assertThat(stored().remaining())
                .extracting(Remaining::command)
                .contains(
                        "psql -h 127.0.0.1 -d postgres -c 'ALTER DATABASE \"cloudtolocalllm\" ALLOW_CONNECTIONS true'");
    }

    @Test
    void aRecoveryThatWasNotNeededHasNoMeasuresAndLeavesTheAlarmToLookAt() {
        report(event -> {
            event.put("outcome", "not-needed");
            List.of("backup", "restored", "check", "cutOver", "applications", "health", "dns")
                    .forEach(event::putNull);
        });

        assertThat(stored().measures().budgets()).isEmpty();
        assertThat(stored().remaining())
                .singleElement()
                .extracting(Remaining::what)
                .asString()
                .startsWith("Find out why alarm ");
    }

    @Test
    void aServerThatARestartBroughtBackHasLostNothing() {
        report(event -> List.of("backup", "restored", "check", "cutOver", "applications", "health", "dns")
                .forEach(event::putNull));

        assertThat(stored().measures().rpoSeconds()).isZero();
        assertThat(stored().measures().databaseReadyAt()).isNotNull();
        assertThat(stored().remaining())
                .singleElement()
                .extracting(Remaining::what)
                .asString()
                .startsWith("Find out why PostgreSQL was silent");
        assertThat(aws.messages().get(0).get("Message")).contains("is back").doesNotContain("since the backup");
    }

    @Test
    void whoIsAskedGetsTheEvidenceAndTheTwoCommandsThatAnswer() {
        JsonNode answer = handle((ObjectNode) json(read("recovery-report-request-approval.json")));

        Instant until = Instant.parse(answer.path("until").textValue());
        assertThat(until)
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3600));
        Map<String, String> message = aws.messages().get(0);
        assertThat(message.get("Subject")).isEqualTo("Lifeboat: cloudtolocalllm: approve a repair?");
        assertThat(message.get("Message"))
                .contains("It would restore the newest verified backup beside the database, compare it, and swap it in")
                .contains("Why: the server answers, and database cloudtolocalllm does not exist\n")
                .contains("  database-exists          no       there is no database cloudtolocalllm\n")
                .contains(
                        "Backup recent/backup_20261123_023000, verified at 2026-11-23T02:31:41Z, is as the database was at"
                                + " 2026-11-23T02:30:03Z")
                .contains("To approve, until " + until)
                .contains("\naws stepfunctions send-task-success --region us-east-1 --task-token"
                        + " AQCEAAAAKgAAAAMAAAAAAAAAAb8s2V1nZq== --task-output '{\"approvedBy\": \"YOUR NAME\"}'\n")
                .contains("\naws stepfunctions send-task-failure --region us-east-1 --task-token"
                        + " AQCEAAAAKgAAAAMAAAAAAAAAAb8s2V1nZq== --error NotApproved --cause 'YOUR REASON'\n");
    }

    @Test
    void aRefusalIsReportedWithItsReasonAndTheWayBack() {
        report(event -> {
            nothingDone(event, "not-approved");
            ((ObjectNode) event.path("permission"))
                    .put("mode", "approve")
                    .putObject("approval")
                    .put("repair", "restore-backup")
                    .put("approved", false)
                    .put("reason", "we restore by hand")
                    .putNull("by");
        });

        assertThat(aws.messages().get(0).get("Subject"))
                .isEqualTo("Lifeboat: cloudtolocalllm was not recovered: a person refused");
        assertThat(stored().measures().budgets()).isEmpty();
        assertThat(stored().remaining().get(0).what()).contains("we restore by hand");
        assertThat(stored().remaining().get(1).command()).isEqualTo(startAgain());
        assertThat(stored().remaining()).hasSize(2);
        assertThat(stored().sections().get(0).rows())
                .extracting(row -> row.name() + ": " + row.value())
                .contains("Mode: approve")
                .last()
                .asString()
                .startsWith("Refused: to restore the newest verified backup")
                .endsWith("; we restore by hand");
    }

    @Test
    void whatWasOnlyObservedSaysWhatWouldHaveBeenDone() {
        report(event -> {
            nothingDone(event, "observed");
            ((ObjectNode) event.path("permission")).put("mode", "observe");
        });

        assertThat(aws.messages().get(0).get("Subject"))
                .isEqualTo("Lifeboat: cloudtolocalllm was only observed: it needs a repair");
        assertThat(stored().remaining().get(0).what())
                .contains("would have begun to restore the newest verified backup")
                .contains("backup recent/backup_20261123_023000, as the database was at 2026-11-23T02:30:03Z");
        assertThat(stored().remaining().get(1).command()).isEqualTo(startAgain());
    }

    @Test
    void aModeThatBecameObserveDuringTheRestoreLeavesTheCommandsThatSwapItIn() {
        report(event -> {
            event.put("outcome", "observed").put("planKey", "recoveries/i/plan.json");
            List.of("cutOver", "applications", "health", "dns").forEach(event::putNull);
            ((ObjectNode) event.path("permission")).put("mode", "observe");
        });

        assertThat(stored().remaining().get(0).what()).startsWith("The mode became 'observe' during the restore");
        Remaining swap = stored().remaining().get(2);
        assertThat(swap.what()).contains("is restored beside the live database, and was compared");
        assertThat(swap.command())
                .startsWith("aws lambda invoke --function-name ")
                .contains("--logical-resource-id RecoverDatabase ")
                .contains("{\"action\":\"cut-over\",\"scope\":{", "\"planKey\":\"recoveries/i/plan.json\"}");
        assertThat(stored().remaining().get(3).command()).endsWith("rollout restart deployment web-app");
    }

    private static void nothingDone(ObjectNode event, String outcome) {
        event.put("outcome", outcome);
        List.of("backup", "restored", "check", "cutOver", "applications", "health", "dns")
                .forEach(event::putNull);
    }

    private static void needsPerson(ObjectNode event) {
        event.put("outcome", "needs-person");
        List.of("backup", "restored", "check", "cutOver", "applications", "health", "dns")
                .forEach(event::putNull);
        event.putObject("failure").put("step", "SelectBackup").put("error", "NoVerifiedBackupException");
    }

    private static String startAgain() {
        String incident = "cloudtolocalllm-database-20261123T031400Z-again";
        ObjectNode sample = sample();
        ObjectNode input = Json.mapper().createObjectNode();
        input.put("incident", incident);
        input.set("trigger", sample.path("trigger"));
        input.set("target", sample.path("scope").path("target"));
        return "aws stepfunctions start-execution --state-machine-arn"
                + " arn:aws:states:us-east-1:123456789012:stateMachine:cloudtolocalllm-recover-database --name "
                + incident
                + " --input '" + input + "'";
    }

    private JsonNode report(Consumer<ObjectNode> change) {
        ObjectNode event = sample();
        change.accept(event);
        return handle(event);
    }

    private JsonNode handle(ObjectNode event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)), out, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return json(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aClustersReportHasTheStepsOfTheRecoveryThatWasNestedInIt() {
        report(event -> {});

        handle(cluster(KEY + "json"));
        RecoveryReport whole =
                Json.read("the report", aws.objects().get("recoveries/cluster-1/report.json"), RecoveryReport.class);

        assertThat(whole.scenario()).isEqualTo("cluster");
        assertThat(whole.steps())
                .contains(new Step(
                        "RecoverDatabase / CutOver",
                        Component.DATABASE,
                        ExampleExecution.START.plusSeconds(60),
                        62_000,
                        StepOutcome.SUCCEEDED,
                        1,
                        null))
                .isSortedAccordingTo(java.util.Comparator.comparing(Step::startedAt));
        assertThat(whole.steps()).hasSize(2 * stored().steps().size());
    }

    @Test
    void aNestedReportThatCannotBeReadLeavesItsStepsOut() {
        handle(cluster("recoveries/none/report.json"));

        assertThat(Json.read("the report", aws.objects().get("recoveries/cluster-1/report.json"), RecoveryReport.class)
                        .steps())
                .extracting(Step::name)
                .contains("CutOver")
                .noneMatch(name -> name.startsWith("RecoverDatabase"));
    }

    private static ObjectNode cluster(String nested) {
        ObjectNode sample = sample();
        ObjectNode event = Json.mapper().createObjectNode().put("action", "report-cluster");
        event.putObject("scope")
                .put("incident", "cluster-1")
                .put("token", 8)
                .set("target", sample.path("scope").path("target"));
        event.set("trigger", sample.path("trigger"));
        event.put("execution", sample.path("execution").asText()).put("outcome", "recovered");
        event.set("generation", json("""
                {"name": "g2", "cluster": "new", "stack": "new", "previous": "old", "inPlace": false}"""));
        event.set("volume", json("""
                {"ready": true, "volume": "vol-1", "zone": "z", "gibibytes": 20}"""));
        event.set("recovery", json("""
                {"outcome": "not-needed",
                 "report": {"outcome": "not-needed", "reportKey": "KEY", "withinBudget": true}}""".replace("KEY", nested)));
        return event;
    }

    private RecoveryReport stored() {
        return Json.read("the report", aws.objects().get(KEY + "json"), RecoveryReport.class);
    }

    /** The sample event, with the cut-over at the time of this history's. */
    private static ObjectNode sample() {
        ObjectNode event = (ObjectNode) json(read("recovery-report.json"));
        if (event.path("cutOver").isObject()) {
            ((ObjectNode) event.path("cutOver"))
                    .put("at", ExampleExecution.START.plusSeconds(122).toString());
        }
        return event;
    }

    private static String read(String event) {
        try {
            return Files.readString(Path.of(System.getProperty("lifeboat.root"), "events", event));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Step step(
            String name,
            Component component,
            long from,
            long seconds,
            StepOutcome outcome,
            int attempts,
            String detail) {
        return new Step(
                name, component, ExampleExecution.START.plusSeconds(from), seconds * 1000, outcome, attempts, detail);
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
