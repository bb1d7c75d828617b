package dev.lifeboat.orchestrator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.application.ApplicationAssessment;
import dev.lifeboat.orchestrator.application.ApplicationDecision;
import dev.lifeboat.orchestrator.application.TestShop;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Remaining;
import dev.lifeboat.report.Section;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of an application's recovery, and what the failover test adds to a drill's. */
@ExtendWith(S3MockExtension.class)
class ApplicationReportTest {
    private static final String INCIDENT = "application-cloudtolocalllm-20261123T031400Z";
    private static final String PASSWORD = "Grüße & co/42";

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
    void itsTimeCountsFromTheFailureUntilItWasWellAndNotUntilThatHadHeld() {
        report(event -> {});

        RecoveryReport report = stored();
        assertThat(report.measures().rtoSeconds()).isEqualTo(160);
        assertThat(report.measures().budgets()).singleElement().satisfies(budget -> {
            assertThat(budget.component()).isEqualTo(Component.DEPLOYMENT);
            assertThat(budget.limitSeconds()).isEqualTo(300);
            assertThat(budget.held()).isTrue();
        });
        assertThat(report.restore().backup()).as("no data touched").isNull();
        assertThat(aws.messages().get(0).get("Subject")).isEqualTo("Lifeboat: cloudtolocalllm recovered in 2 min 40 s");
    }

    @Test
    void beyondItsBudgetIsSaid() {
        report(event -> ((ObjectNode) event.path("verified")).put("wellSince", "2026-11-23T03:17:01Z"));

        assertThat(stored().measures().withinBudget()).isFalse();
        assertThat(html(INCIDENT)).contains("exceeded");
    }

    @Test
    void whatWasDoneIsSaidOfEachDeploymentAndOfEachTime() {
        report(event -> {
            event.putArray("rolledBack")
                    .add(rolledBack("web-app", 0, 3))
                    .add(rolledBack("api-backend", 9, 8))
                    .add(rolledBack("api-backend", 8, 7));
            event.putArray("restarted").addObject().put("name", "web-app").put("restarted", true);
            event.putArray("problems")
                    .addObject()
                    .put("step", "Verify")
                    .put("error", "RolloutFailedException")
                    .put("cause", "It did not stay well: pod api-backend-1 is Running, not ready");
        });

        assertThat(rows("What was done"))
                .containsExactly(
                        "web-app: rolled back to revision 3",
                        "api-backend: rolled back from revision 9 to revision 8",
                        "api-backend: rolled back from revision 8 (ghcr.io/example/api-backend:1.5.0) to revision 7"
                                + " (ghcr.io/example/api-backend:1.4.2)",
                        "web-app: restarted",
                        "Afterwards: It has been well for 60 of 60 s.",
                        "Data: Nothing of the database was touched.");
        assertThat(rows("What went wrong on the way"))
                .containsExactly("Step Verify: It did not stay well: pod api-backend-1 is Running, not ready");
    }

    @Test
    void whatAnExecutionThatDiedHasDoneIsSaidByTheOneThatWentOn() {
        report(event -> {
            event.putArray("rolledBack");
            event.putNull("failed");
            ((ObjectNode) event.path("assessment")).put("acted", true);
        });

        assertThat(rows("What was done").get(0))
                .isEqualTo("The Deployments: were touched by an earlier execution of this incident");
        assertThat(stored().remaining())
                .extracting(Remaining::what)
                .singleElement()
                .asString()
                .startsWith("Read what an earlier execution of this incident has done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resume | kubectl -n cloudtolocalllm rollout resume deployment api-backend",
                "keep-schema | kubectl -n cloudtolocalllm rollout history deployment api-backend",
                "check-route | curl -sS -i https://app.cloudtolocalllm.online/health",
                "examine | kubectl -n cloudtolocalllm describe deployment api-backend"
            })
    void whatOnlyAPersonCanDoComesWithItsCommand(String decision, String command) {
        report(event -> {
            event.put("outcome", "needs-person");
            event.putNull("verified").putNull("permission");
            event.putArray("rolledBack");
            event.putObject("failure")
                    .put("step", "Assess")
                    .put("error", decision)
                    .put("cause", "It was seen.");
            ((ObjectNode) event.path("assessment").path("deployments").get(0)).put("decision", decision);
        });

        assertThat(stored().outcome()).isEqualTo(Outcome.NEEDS_PERSON);
        assertThat(stored().remaining())
                .extracting(Remaining::command)
                .contains(command)
                .last()
                .asString()
                .startsWith("aws stepfunctions start-execution ");
    }

    @Test
    void anApplicationUnderGitOpsThatWasRolledBackAllTheSameHasToFollowInGit() {
        report(event -> ((ObjectNode) event.path("failed").path("deployments").get(0))
                .putArray("notes")
                .add("managed by Argo CD (storefront)"));

        assertThat(stored().remaining())
                .extracting(Remaining::what)
                .anySatisfy(what -> assertThat(what).contains("is managed from Git, and was rolled back all the same"));
    }

    /** From a Secret of the namespace and a container's log, as an API server holds them, to the bucket and to the mail. */
    @Test
    void noSecretOfALogComesIntoAReportOrAMail(S3MockServer storage) {
        ApplicationAssessment assessment = crashing(
                storage,
                PASSWORD + "\n",
                List.of(
                        "starting with " + PASSWORD,
                        "url postgres://app:GR%C3%BC%C3%9Fe@db/shop, as base64 "
                                + Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)),
                        "config {\"apiKey\": \"k-8731\", \"region\": \"eu\"}",
                        "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                        "FATAL: column users.nickname does not exist"));

        report(event -> {
            event.set("assessment", Json.mapper().valueToTree(assessment));
            event.set("failed", Json.mapper().valueToTree(assessment));
        });

        assertThat(assessment.decision()).isEqualTo(ApplicationDecision.ROLL_BACK);
        List<String> everything = List.of(
                Json.compact(assessment),
                new String(aws.objects().get(key(INCIDENT, "json")), StandardCharsets.UTF_8),
                html(INCIDENT),
                aws.messages().toString());
        assertThat(everything)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(
                                "co/42",
                                "k-8731",
                                "eyJhbGciOiJIUzI1NiJ9",
                                "GR%C3%BC%C3%9Fe",
                                Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8))));
        assertThat(html(INCIDENT))
                .contains("<pre>starting with ***\nurl postgres://app:***@db/shop, as base64 ***\n")
                .contains("FATAL: column users.nickname does not exist</pre>");
    }

    private static ApplicationAssessment crashing(S3MockServer storage, String secret, List<String> log) {
        try (TestShop shop = new TestShop(storage)) {
            shop.secret("shop-secrets", Map.of("password", secret));
            shop.deploy("api-backend", false, 2);
            shop.healthy("api-backend", 1);
            shop.create(TestShop.pod("api-backend-2-q9", "api-backend", "api-backend-2", false, "CrashLoopBackOff"));
            shop.logs.put("api-backend-2-q9", String.join("\n", log) + "\n");
            return shop.assess();
        }
    }

    @Test
    void theFailoverTestIsAddedToTheDrillsReportOnce() {
        JsonNode event = read("recovery-report-failover.json");
        String incident = event.path("scope").path("incident").asText();
        aRestoreWasReported(incident);
        int told = aws.messages().size();

        assertThat(handle((ObjectNode) event).path("reportKey").asText()).isEqualTo(key(incident, "json"));
        handle((ObjectNode) event);

        RecoveryReport report = Json.read("r", aws.objects().get(key(incident, "json")), RecoveryReport.class);
        assertThat(report.sections()).extracting(Section::title).containsOnlyOnce("Failover test");
        assertThat(rows(report, "Failover test"))
                .containsExactly(
                        "Node: ip-10-0-1-7, cordoned, and its pods evicted as a drain does it",
                        "Pods: Every pod runs elsewhere.",
                        "The application answered: 29 of 31 times; it was asked every second",
                        "Longest gap: 2.1 s",
                        "Disruption budgets: refused an eviction 3 times; it was tried again each second",
                        "Afterwards: the node takes pods again",
                        "Step EvictPods: ApplicationDidNotAnswer: While its pods moved the application did not answer 2"
                                + " of 31 times, for 2104 ms at the longest.");
        assertThat(html(incident)).contains("Failover test", "29 of 31 times");
        assertThat(aws.messages()).as("the drill itself tells").hasSize(told);
    }

    @Test
    void aFailoverTestThatNeverBeganAndANodeThatWasLeftAreSaid() {
        ObjectNode event = (ObjectNode) read("recovery-report-failover.json");
        String incident = event.path("scope").path("incident").asText();
        aRestoreWasReported(incident);
        event.putNull("node").putNull("progress");
        event.put("leftCordoned", true);

        handle(event);

        RecoveryReport report = Json.read("r", aws.objects().get(key(incident, "json")), RecoveryReport.class);
        assertThat(rows(report, "Failover test"))
                .startsWith(
                        "Node: none was taken out of service",
                        "Afterwards: the node could not be let go: kubectl uncordon");
    }

    @Test
    void withoutAReportThereIsNothingToAddTo() {
        assertThat(handle((ObjectNode) read("recovery-report-failover.json"))
                        .path("reportKey")
                        .isMissingNode())
                .isTrue();
        assertThat(aws.objects()).isEmpty();
    }

    private void aRestoreWasReported(String incident) {
        ObjectNode restore = (ObjectNode) read("recovery-report.json");
        ((ObjectNode) restore.path("scope")).put("incident", incident);
        handle(restore);
    }

    private static ObjectNode rolledBack(String deployment, long from, long to) {
        return Json.mapper()
                .createObjectNode()
                .put("deployment", deployment)
                .put("changed", from > 0)
                .put("fromRevision", from)
                .put("toRevision", to);
    }

    private void report(Consumer<ObjectNode> change) {
        ObjectNode event = (ObjectNode) read("recovery-report-application.json");
        change.accept(event);
        handle(event);
    }

    private JsonNode handle(ObjectNode event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)), out, null);
            return Json.mapper().readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RecoveryReport stored() {
        return Json.read("the report", aws.objects().get(key(INCIDENT, "json")), RecoveryReport.class);
    }

    private List<String> rows(String title) {
        return rows(stored(), title);
    }

    private static List<String> rows(RecoveryReport report, String title) {
        return report.sections().stream()
                .filter(section -> section.title().equals(title))
                .flatMap(section -> section.rows().stream())
                .map(row -> row.name() + ": " + row.value())
                .toList();
    }

    private String html(String incident) {
        return new String(aws.objects().get(key(incident, "html")), StandardCharsets.UTF_8);
    }

    private static String key(String incident, String type) {
        return "recoveries/" + incident + "/report." + type;
    }

    private static JsonNode read(String event) {
        try {
            return Json.mapper()
                    .readTree(Files.readString(Path.of(System.getProperty("lifeboat.root"), "events", event)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
