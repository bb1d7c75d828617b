package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.testsupport.Effect;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the steps to the table of docs/effects.md, to which the explorer's models are held too; with an API that keeps Deployments. */
@ExtendWith(S3MockExtension.class)
class ApplicationEffectsTest {
    private static final List<String> DEPLOYMENTS = List.of("web", "api");
    private static final Map<String, Long> TOKENS = Map.of("older", 3L, "ours", 5L, "newer", 7L);
    private static final Map<String, String> USUAL = Map.of("fence", "none", "incident", "another");

    private TestShop shop;
    private List<RollBackTo> rollBacks;
    private String incident = "another";

    static List<Effect> effects() {
        return Effect.of(Path.of(System.getProperty("lifeboat.root")), "Applications");
    }

    @BeforeEach
    void start(S3MockServer storage) {
        shop = new TestShop(storage);
        for (String name : DEPLOYMENTS) {
            shop.deploy(name, false, 2);
        }
        rollBacks = DEPLOYMENTS.stream()
                .map(name -> new RollBackTo(
                        name, shop.fingerprint(name, 1), shop.fingerprint(name, 2), 2, List.of(), 1, List.of()))
                .toList();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aStepLeavesWhatItsRowSays(Effect effect) {
        bring(effect);
        List<Deployment> before = deployments();

        effect.hold(USUAL, this::facts, () -> act(effect.step(), scope("ours", "ours")));
        boolean done = effect.found("incident", "another").equals("ours");
        if (effect.leaves().equals(effect.finds())) {
            assertThat(deployments()).as("nothing is written").isEqualTo(before);
        } else if (done) {
            assertThat(templates()).as("no pod is replaced").isEqualTo(templates(before));
        } else {
            assertThat(templates()).as("the work is done").doesNotContainAnyElementsOf(templates(before));
        }
    }

    private void bring(Effect effect) {
        String fence = effect.found("fence", "none");
        incident = effect.found("incident", "another");
        if (!fence.equals("none")) {
            // That of another incident has restarted one of them alone, and what it found is what is rolled back.
            List<String> some = DEPLOYMENTS.subList(0, 1);
            RecoveryScope scope = scope(incident, fence);
            if (incident.equals("ours")) {
                act(effect.step(), scope);
            } else {
                recovery().restart(scope, some);
            }
        }
    }

    private void act(String step, RecoveryScope scope) {
        switch (step) {
            case "restart" -> recovery().restart(scope);
            case "restart-deployments" -> recovery().restart(scope, DEPLOYMENTS);
            case "roll-back" -> recovery().rollBack(scope, rollBacks);
            default -> throw new IllegalArgumentException("No way to " + step);
        }
    }

    private ApplicationRecovery recovery() {
        return new ApplicationRecovery(shop::connection, scope -> {}, TestShop.CLOCK);
    }

    private RecoveryScope scope(String whose, String token) {
        return new RecoveryScope("incident-" + whose, shop.target(), TOKENS.get(token));
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("fence", fence());
        facts.put("incident", incident);
        return Effect.unusual(facts, USUAL);
    }

    /** That of all of them. */
    private String fence() {
        List<String> tokens = deployments().stream()
                .map(each -> each.getMetadata().getAnnotations())
                .map(annotations -> annotations == null
                        ? "none"
                        : annotations.getOrDefault("lifeboat.dev/" + shop.name + ".fence", "none"))
                .distinct()
                .toList();
        assertThat(tokens).as("one fence for all of them").hasSize(1);
        return TOKENS.entrySet().stream()
                .filter(word -> tokens.get(0).equals(Long.toString(word.getValue())))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("none");
    }

    private List<Deployment> deployments() {
        return DEPLOYMENTS.stream().map(shop::deployment).toList();
    }

    private List<PodTemplateSpec> templates() {
        return templates(deployments());
    }

    private static List<PodTemplateSpec> templates(List<Deployment> of) {
        return of.stream().map(each -> each.getSpec().getTemplate()).toList();
    }
}
