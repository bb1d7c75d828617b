package dev.lifeboat.aws;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.recovery.HeldLease;
import dev.lifeboat.testsupport.Effect;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@link LeaseStore} to the table of docs/effects.md, to which the explorer's models are held too. */
@ExtendWith(S3MockExtension.class)
final class LeaseEffectsTest {
    private static final long OURS = 5;
    private static final Map<String, String> USUAL =
            Map.of("owner", "none", "token", "none", "state", "held", "runs", "yes", "heir", "none");

    private final Set<String> ended = new HashSet<>();
    private TestBucket bucket;
    private LeaseStore leases;

    static List<Effect> effects() {
        return Effect.of(Path.of(System.getProperty("lifeboat.root")), "Leases");
    }

    @BeforeEach
    void open(S3MockServer server) {
        bucket = TestBucket.versioned(server.endpoint());
        leases = new LeaseStore(bucket.s3, bucket.name, ended::contains, Clock.systemUTC());
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aStepLeavesWhatItsRowSays(Effect effect) {
        bring(effect);
        effect.hold(USUAL, this::facts, () -> act(effect.step()));
    }

    private void bring(Effect effect) {
        String owner = effect.found("owner", "none");
        if (effect.found("runs", "yes").equals("no")) {
            ended.add(owner);
        }
        if (!owner.equals("none")) {
            String heir = effect.found("heir", "none");
            Lease lease = new Lease(
                    1,
                    "app",
                    Long.parseLong(effect.found("token", "none")),
                    owner,
                    "incident-1",
                    effect.found("state", "held").equals("held") ? Lease.State.HELD : Lease.State.RELEASED,
                    Instant.parse("2026-11-23T03:14:00Z"),
                    heir.equals("none") ? null : heir);
            bucket.put("leases/app.json", Json.write(lease));
        }
    }

    private void act(String step) {
        switch (step) {
            case "acquire-lease" -> leases.acquire("app", "incident-1", "ours");
            case "inherit-lease" -> leases.inherit("app", new HeldLease("starter", OURS), "ours");
            case "renew-lease" -> leases.renew("app", OURS, "ours");
            case "release-lease" -> leases.release("app", OURS);
            default -> throw new IllegalArgumentException("No way to " + step);
        }
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        Optional<Lease> found = leases.find("app");
        found.ifPresent(lease -> {
            facts.put("owner", lease.owner());
            facts.put("token", Long.toString(lease.token()));
            facts.put("state", lease.state() == Lease.State.HELD ? "held" : "released");
            facts.put("runs", ended.contains(lease.owner()) ? "no" : "yes");
            facts.put("heir", lease.heir() == null ? "none" : lease.heir());
        });
        return Effect.unusual(facts, USUAL);
    }
}
