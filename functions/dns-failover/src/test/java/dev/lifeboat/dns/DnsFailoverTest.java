package dev.lifeboat.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.DnsProviderUnavailableException;
import dev.lifeboat.contract.error.DnsRefusedException;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(FakeCloud.class)
class DnsFailoverTest {
    private static final FakeCloudflare CLOUDFLARE = FakeCloud.CLOUDFLARE;
    private static final String TO_NEW_BALANCER = """
            {"action":"ensure","incident":"db-1","lease":{"target":"shop","token":7},"zone":"example.org","records":["app.example.org"],
             "loadBalancer":{"hostname":"NLB-2.elb.us-east-1.amazonaws.com"}}""";

    @Inject
    @Named("DnsFailover")
    DnsFailoverHandler handler;

    @BeforeEach
    void oneRecord() {
        CLOUDFLARE.reset();
        FakeCloud.secret = "{\"apiToken\":\"the-token\"}";
        FakeCloud.lease = FakeCloud.lease(7, "held");
        CLOUDFLARE.record("r1", "CNAME", "app.example.org", "nlb-1.elb.us-east-1.amazonaws.com");
    }

    @Test
    void isReadyWhenItsTokenOpensTheZoneAndSaysWhatDoesNot() {
        String question = "{\"action\":\"ready\",\"zone\":\"example.org\"}";

        assertThat(invoke(question))
                .isEqualTo(
                        json(
                                "{\"ready\":true,\"reached\":[\"bucket backups\",\"secret cloudflare\",\"zone example.org\"],\"problems\":[]}"));
        assertThat(CLOUDFLARE.requests()).containsExactly("GET /zones");

        JsonNode elsewhere = invoke(question.replace("example.org", "example.net"));
        assertThat(elsewhere.get("ready").booleanValue()).isFalse();
        assertThat(elsewhere.get("problems").get(0).textValue()).startsWith("zone example.net: ");

        FakeCloud.secret = "{}";
        assertThat(invoke(question).get("problems").toString())
                .startsWith("[\"secret cloudflare: Secret 'cloudflare' is not of the form that is expected of it.");
    }

    @Test
    void confirmsARecordThatLeadsThereAlreadyAndChangesNothing() {
        JsonNode answer = invoke(TO_NEW_BALANCER.replace("NLB-2", "nlb-1"));

        assertThat(answer).isEqualTo(json("""
                        {"changed":false,"records":[{"name":"app.example.org","type":"CNAME","changed":false,
                         "before":"CNAME nlb-1.elb.us-east-1.amazonaws.com",
                         "after":"CNAME nlb-1.elb.us-east-1.amazonaws.com"}]}"""));
        assertThat(CLOUDFLARE.requests()).containsExactly("GET /zones", "GET /zones/ZONE/dns_records");
    }

    @Test
    void repointsARecordThatLeadsElsewhereAndKeepsItsProxyTtlCommentAndTags() {
        JsonNode answer = invoke(TO_NEW_BALANCER);

        assertThat(answer).isEqualTo(json("""
                        {"changed":true,"records":[{"name":"app.example.org","type":"CNAME","changed":true,
                         "before":"CNAME nlb-1.elb.us-east-1.amazonaws.com",
                         "after":"CNAME nlb-2.elb.us-east-1.amazonaws.com"}]}"""));
        JsonNode now = CLOUDFLARE.named("app.example.org").get(0);
        assertThat(now.path("id").asText()).isEqualTo("r1");
        assertThat(now.path("content").asText()).isEqualTo("nlb-2.elb.us-east-1.amazonaws.com");
        assertThat(now.path("proxied").asBoolean()).isTrue();
        assertThat(now.path("ttl").asInt()).isEqualTo(1);
        assertThat(now.path("comment").asText()).isEqualTo("the shop");
        assertThat(now.path("tags").get(0).asText()).isEqualTo("owner:shop");
        assertThat(CLOUDFLARE.requests())
                .containsExactly(
                        "GET /zones",
                        "GET /zones/ZONE/dns_records",
                        "GET /zones/ZONE/dns_records/r1",
                        "PATCH /zones/ZONE/dns_records/r1");
    }

    private static final String UNDO = """
            {"action":"undo","incident":"db-1","lease":{"target":"shop","token":7},"zone":"example.org","records":
             [{"name":"app.example.org","type":"CNAME","changed":true,"before":"CNAME nlb-0.elb.us-east-1.amazonaws.com",
               "after":"CNAME nlb-1.elb.us-east-1.amazonaws.com"}]}""";

    /** An action that is added fails here until it is shown that whoever lost the lease cannot do it. */
    @ParameterizedTest
    @MethodSource("actions")
    void whoeverLostTheLeaseChangesNoRecord(String action) {
        String event = Map.of("ensure", TO_NEW_BALANCER, "undo", UNDO).get(action);
        FakeCloud.lease = FakeCloud.lease(8, "held");

        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> invoke(event))
                .withMessage("Token 7 is not that of target 'shop's lease, which is 8 of incident db-8. HINT: Leave the"
                        + " target to its new owner.");

        assertThat(CLOUDFLARE.requests()).isEmpty();
    }

    static Stream<String> actions() {
        return Arrays.stream(DnsRequest.class.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name);
    }

    @Test
    void aLeaseThatIsLostWhileTheRecordIsReadKeepsItAsItIs() {
        CLOUDFLARE.beforeDetails(() -> FakeCloud.lease = FakeCloud.lease(8, "held"));

        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> invoke(TO_NEW_BALANCER));

        assertThat(CLOUDFLARE.requests()).last().asString().startsWith("GET ");
    }

    @Test
    void aRecoveryThatHasEndedIsTakenBackButDoesNothingElse() {
        FakeCloud.lease = FakeCloud.lease(7, "released");

        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> invoke(TO_NEW_BALANCER));
        assertThat(invoke(UNDO).path("changed").asBoolean()).isTrue();
    }

    @Test
    void aSecondCallFindsNothingLeftToChange() {
        invoke(TO_NEW_BALANCER);

        assertThat(invoke(TO_NEW_BALANCER).path("changed").asBoolean()).isFalse();
    }

    @Test
    void anAddressBecomesAHostNameInOneTransaction() {
        CLOUDFLARE.reset();
        CLOUDFLARE.record("r1", "A", "app.example.org", "203.0.113.7");

        JsonNode answer = invoke(TO_NEW_BALANCER);

        assertThat(answer.path("records").get(0).path("before").asText()).isEqualTo("A 203.0.113.7");
        assertThat(CLOUDFLARE.named("app.example.org")).hasSize(1);
        JsonNode now = CLOUDFLARE.named("app.example.org").get(0);
        assertThat(now.path("type").asText()).isEqualTo("CNAME");
        assertThat(now.path("content").asText()).isEqualTo("nlb-2.elb.us-east-1.amazonaws.com");
        assertThat(now.path("proxied").asBoolean()).isTrue();
        assertThat(CLOUDFLARE.requests()).last().isEqualTo("POST /zones/ZONE/dns_records/batch");
    }

    @Test
    void aLoadBalancerWithAnAddressGetsAnAddressRecord() {
        JsonNode answer = invoke(TO_NEW_BALANCER.replace(
                "\"hostname\":\"NLB-2.elb.us-east-1.amazonaws.com\"", "\"ip\":\"2001:db8::7\""));

        assertThat(answer.path("records").get(0).path("after").asText()).isEqualTo("AAAA 2001:db8::7");
    }

    @Test
    void undoLeadsBackToWhatWasThereBefore() {
        JsonNode changes = invoke(TO_NEW_BALANCER);

        JsonNode answer = invoke(
                "{\"action\":\"undo\",\"incident\":\"db-1\",\"lease\":{\"target\":\"shop\",\"token\":7},\"zone\":\"example.org\",\"records\":"
                        + changes.path("records") + "}");

        assertThat(answer.path("changed").asBoolean()).isTrue();
        assertThat(CLOUDFLARE.named("app.example.org").get(0).path("content").asText())
                .isEqualTo("nlb-1.elb.us-east-1.amazonaws.com");
    }

    @Test
    void undoLeavesARecordAloneThatSomeoneChangedSince() {
        JsonNode changes = invoke(TO_NEW_BALANCER);
        CLOUDFLARE.record("r1", "CNAME", "app.example.org", "elsewhere.example.net");

        assertThatExceptionOfType(DnsRefusedException.class)
                .isThrownBy(() -> invoke(
                        "{\"action\":\"undo\",\"incident\":\"db-1\",\"lease\":{\"target\":\"shop\",\"token\":7},\"zone\":\"example.org\","
                                + "\"records\":" + changes.path("records") + "}"))
                .withMessage(
                        "Record app.example.org in zone example.org leads to CNAME elsewhere.example.net, neither to"
                                + " CNAME nlb-2.elb.us-east-1.amazonaws.com nor back to CNAME"
                                + " nlb-1.elb.us-east-1.amazonaws.com. HINT: Someone changed it since; set it at Cloudflare to"
                                + " what you want.");
    }

    @Test
    void aRecordThatChangesBetweenReadingAndWritingIsLookedAtAgain() {
        CLOUDFLARE.beforeDetails(() -> CLOUDFLARE.record("r1", "CNAME", "app.example.org", "elsewhere.example.net"));

        assertThatExceptionOfType(DnsProviderUnavailableException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessage(
                        "Record app.example.org in zone example.org was changed by someone else meanwhile: from CNAME"
                                + " nlb-1.elb.us-east-1.amazonaws.com to CNAME elsewhere.example.net."
                                + " HINT: It is looked at again.");
    }

    @Test
    void noneIsChangedWhenOneOfThemDoesNotExist() {
        assertThatExceptionOfType(DnsRefusedException.class)
                .isThrownBy(() -> invoke(
                        TO_NEW_BALANCER.replace("[\"app.example.org\"]", "[\"app.example.org\",\"api.example.org\"]")))
                .withMessage(
                        "Record api.example.org could not be found in zone example.org. HINT: Create it at Cloudflare"
                                + " as a CNAME or A record, or take it out of the target's 'dns.records'.");
        assertThat(CLOUDFLARE.named("app.example.org").get(0).path("content").asText())
                .isEqualTo("nlb-1.elb.us-east-1.amazonaws.com");
    }

    @Test
    void aNameThatLeadsToTwoPlacesIsRefused() {
        CLOUDFLARE.reset();
        CLOUDFLARE.record("r1", "A", "app.example.org", "203.0.113.7");
        CLOUDFLARE.record("r2", "A", "app.example.org", "203.0.113.8");
        CLOUDFLARE.record("r3", "TXT", "app.example.org", "not our business");

        assertThatExceptionOfType(DnsRefusedException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessage(
                        "Record app.example.org in zone example.org leads to 2 places, expected one: A 203.0.113.7, A"
                                + " 203.0.113.8. HINT: Leave one of them, or take the name out of the target's"
                                + " 'dns.records'.");
    }

    @Test
    void anUnknownZoneIsRefused() {
        assertThatExceptionOfType(DnsRefusedException.class)
                .isThrownBy(
                        () -> invoke(TO_NEW_BALANCER.replace("\"zone\":\"example.org\"", "\"zone\":\"example.com\"")))
                .withMessage("Zone example.com could not be found at Cloudflare with this token. HINT: Correct the"
                        + " target's 'dns.zone', or give the token the permission Zone.Zone Read for it.");
    }

    @Test
    void aTokenThatIsNotAcceptedIsRefusedInCloudflaresWords() {
        FakeCloud.secret = "{\"apiToken\":\"revoked\"}";

        assertThatExceptionOfType(DnsRefusedException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessage("Cannot find zone example.org: Cloudflare refused (403): 9109 Invalid access token."
                        + " HINT: Check that the token in the Cloudflare secret is valid and has the permissions"
                        + " Zone.Zone Read and Zone.DNS Edit for the zone.");
    }

    @Test
    void anEnvelopeThatSaysFailureIsRefusedWhateverTheStatus() {
        CLOUDFLARE.fault(200, null, FakeCloudflare.failure(1004, "DNS Validation Error"));

        assertThatExceptionOfType(DnsRefusedException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessageStartingWith(
                        "Cannot find zone example.org: Cloudflare refused (200): 1004 DNS Validation Error. HINT: ");
    }

    @Test
    void aShortThrottlingIsWaitedFor() {
        CLOUDFLARE.fault(429, "1", FakeCloudflare.failure(971, "throttled"));

        assertThat(invoke(TO_NEW_BALANCER).path("changed").asBoolean()).isTrue();
        assertThat(CLOUDFLARE.requests().subList(0, 2)).containsExactly("GET /zones", "GET /zones");
    }

    @Test
    void aLongThrottlingIsTheStateMachinesToWaitFor() {
        CLOUDFLARE.fault(429, "300", FakeCloudflare.failure(971, "throttled"));

        assertThatExceptionOfType(DnsProviderUnavailableException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessage("Cannot find zone example.org: Cloudflare throttles us (429) and asks to wait 300 s."
                        + " HINT: It is tried again later; see who else uses the token, or ask for fewer records at a"
                        + " time.");
        assertThat(CLOUDFLARE.requests()).hasSize(1);
    }

    @Test
    void aFaultOfCloudflareIsRetryable() {
        CLOUDFLARE.fault(502, null, "<html>Bad gateway</html>");

        assertThatExceptionOfType(DnsProviderUnavailableException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessage("Cannot find zone example.org: Cloudflare answered 502."
                        + " HINT: It is tried again; if that goes on, see www.cloudflarestatus.com.");
    }

    @Test
    void aPageInsteadOfAnEnvelopeIsRetryable() {
        CLOUDFLARE.fault(200, null, "<html>maintenance</html>");

        assertThatExceptionOfType(DnsProviderUnavailableException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessage("Cannot find zone example.org: Cloudflare's answer is not its JSON envelope."
                        + " HINT: It is tried again; if that goes on, see www.cloudflarestatus.com.");
    }

    @Test
    void aDroppedConnectionIsRetryable() {
        CLOUDFLARE.fault(0, null, "");

        assertThatExceptionOfType(DnsProviderUnavailableException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessageStartingWith("Cannot find zone example.org: Cloudflare did not answer (");
    }

    @Test
    void aSecretOfAnotherFormIsAMisconfigurationThatDoesNotQuoteIt() {
        FakeCloud.secret = "{\"token\":\"the-token\"}";

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> invoke(TO_NEW_BALANCER))
                .withMessage("Secret 'cloudflare' is not of the form that is expected of it."
                        + " HINT: Give it the value {\"apiToken\": \"...\"} and no other field.")
                .withNoCause();
    }

    @Test
    void aLoadBalancerWithNeitherNameNorAddressIsInvalid() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(
                        () -> invoke(TO_NEW_BALANCER.replace("\"hostname\":\"NLB-2.elb.us-east-1.amazonaws.com\"", "")))
                .withMessageContaining("Field 'loadBalancer' has neither hostname nor ip, expected one of them.");
    }

    private JsonNode invoke(String event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return json(out.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
