package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class RolloutRulesTest {
    @Test
    void waitsForTheControllerToSeeTheNewGeneration() {
        assertThat(RolloutRules.of(rollout(2, 3, 1, 3, 3, 3)))
                .isEqualTo(
                        new RolloutStatus("web", 3, 3, false, false, "waiting for the controller to see the change"));
    }

    @Test
    void waitsForNewPodsToBeMade() {
        assertThat(RolloutRules.of(rollout(2, 3, 2, 3, 1, 3)))
                .isEqualTo(new RolloutStatus("web", 1, 3, false, false, "1 of 3 new pods made"));
    }

    @Test
    void waitsForOldPodsToEnd() {
        assertThat(RolloutRules.of(rollout(2, 3, 2, 4, 3, 3)))
                .isEqualTo(new RolloutStatus("web", 3, 3, false, false, "1 old pod still to end"));
    }

    @Test
    void waitsForNewPodsToBeAvailable() {
        assertThat(RolloutRules.of(rollout(2, 3, 2, 3, 3, 2)))
                .isEqualTo(new RolloutStatus("web", 2, 3, false, false, "2 of 3 new pods available"));
    }

    @Test
    void isCompleteWhenEveryPodIsNewAndAvailable() {
        assertThat(RolloutRules.of(rollout(2, 3, 2, 3, 3, 3)))
                .isEqualTo(new RolloutStatus("web", 3, 3, true, false, "rolled out"));
    }

    @Test
    void isCompleteWhenNoneIsWanted() {
        assertThat(RolloutRules.of(rollout(2, 0, 2, null, null, null)))
                .isEqualTo(new RolloutStatus("web", 0, 0, true, false, "rolled out"));
    }

    @Test
    void aDeploymentThatSaysNoNumberWantsOnePod() {
        assertThat(RolloutRules.of(rollout(1, null, 1, null, null, null)))
                .isEqualTo(new RolloutStatus("web", 0, 1, false, false, "0 of 1 new pods made"));
    }

    @Test
    void isNotCompleteBeforeTheControllerEverSawIt() {
        Deployment fresh = new DeploymentBuilder(rollout(1, 1, 1, null, null, null))
                .withStatus(null)
                .build();

        assertThat(RolloutRules.of(fresh).complete()).isFalse();
    }

    @Test
    void failsWhenItsProgressDeadlinePassed() {
        Deployment late = new DeploymentBuilder(rollout(2, 3, 2, 4, 1, 3))
                .editStatus()
                .addNewCondition()
                .withType("Progressing")
                .withStatus("False")
                .withReason("ProgressDeadlineExceeded")
                .withMessage("ReplicaSet \"web-7\" has timed out progressing.")
                .endCondition()
                .endStatus()
                .build();

        assertThat(RolloutRules.of(late))
                .isEqualTo(new RolloutStatus(
                        "web",
                        1,
                        3,
                        false,
                        true,
                        "exceeded its progress deadline: ReplicaSet \"web-7\" has timed out progressing."));
    }

    private static Deployment rollout(
            long generation, Integer desired, long observed, Integer replicas, Integer updated, Integer available) {
        return new DeploymentBuilder(new Deployment())
                .withNewMetadata()
                .withName("web")
                .withGeneration(generation)
                .endMetadata()
                .withNewSpec()
                .withReplicas(desired)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(observed)
                .withReplicas(replicas)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }
}
