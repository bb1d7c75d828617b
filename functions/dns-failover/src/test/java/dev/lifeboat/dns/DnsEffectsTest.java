package dev.lifeboat.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.Effect;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the function to the table of docs/effects.md, to which the explorer's models are held too; with Cloudflare's API over a wire. */
@QuarkusTest
@QuarkusTestResource(FakeCloud.class)
class DnsEffectsTest {
    private static final Map<String, String> USUAL = Map.of("record", "old", "lease", "ours");
    private static final Map<String, String> LEADS = Map.of("old", "old.elb.example.net", "new", "new.elb.example.net");
    private static final String HOST = "app.example.org";
    private static final String OURS =
            "\"incident\":\"db-1\",\"lease\":{\"target\":\"shop\",\"token\":7},\"zone\":\"example.org\"";
    private static final Map<String, String> REQUESTS = Map.of(
            "ensure",
            "{\"action\":\"ensure\"," + OURS + ",\"records\":[\"" + HOST + "\"],\"loadBalancer\":{\"hostname\":\""
                    + LEADS.get("new") + "\"}}",
            "undo",
            "{\"action\":\"undo\"," + OURS + ",\"records\":[{\"name\":\"" + HOST
                    + "\",\"type\":\"CNAME\",\"changed\":true,\"before\":\"CNAME " + LEADS.get("old")
                    + "\",\"after\":\"CNAME " + LEADS.get("new") + "\"}]}");

    @Inject
    @Named("DnsFailover")
    DnsFailoverHandler handler;

    private String lease;

    static List<Effect> effects() {
        return Effect.of(Path.of(System.getProperty("lifeboat.root")), "DNS");
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aStepLeavesWhatItsRowSays(Effect effect) {
        bring(effect);
        Object written = FakeCloud.CLOUDFLARE.named(HOST).get(0).path("modified_on");

        effect.hold(USUAL, this::facts, () -> act(effect.step()));
        if (effect.leaves().equals(effect.finds())) {
            assertThat(FakeCloud.CLOUDFLARE.named(HOST).get(0).path("modified_on"))
                    .as("nothing is written")
                    .isEqualTo(written);
        }
    }

    private void bring(Effect effect) {
        FakeCloud.CLOUDFLARE.reset();
        FakeCloud.secret = "{\"apiToken\":\"the-token\"}";
        FakeCloud.CLOUDFLARE.record("r1", "CNAME", HOST, LEADS.get(effect.found("record", "old")));
        lease = effect.found("lease", "ours");
        FakeCloud.lease =
                FakeCloud.lease(lease.equals("newer") ? 8 : 7, lease.equals("released") ? "released" : "held");
    }

    private void act(String step) {
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(REQUESTS.get(step).getBytes(StandardCharsets.UTF_8)),
                    new ByteArrayOutputStream(),
                    null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, String> facts() {
        String leads = FakeCloud.CLOUDFLARE.named(HOST).get(0).path("content").asText();
        Map<String, String> facts = new TreeMap<>();
        facts.put("record", leads.equals(LEADS.get("new")) ? "new" : "old");
        facts.put("lease", lease);
        return Effect.unusual(facts, USUAL);
    }
}
