package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.RolloutFailedException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.kubernetes.RolledBack;
import dev.lifeboat.orchestrator.application.ApplicationResults.Verified;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is done to Deployments, done twice, and by an execution that begins where another one died. */
@ExtendWith(S3MockExtension.class)
class ApplicationRepairTest {
    private TestShop shop;

    @BeforeEach
    void start(S3MockServer storage) {
        shop = new TestShop(storage);
        shop.deploy("web", false, 3);
        shop.deploy("api", false, 3);
        for (String name : List.of("web", "api")) {
            shop.healthy(name, 1);
            shop.healthy(name, 2);
            shop.create(TestShop.pod(name + "-3", name, name + "-3", false, "ImagePullBackOff"));
        }
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void whatWasDeployedTogetherGoesBackTogetherAndTheSecondTimeNothingChanges() {
        List<RollBackTo> rollBacks = shop.assess().rollBacks();

        assertThat(rollBack(3, rollBacks))
                .containsExactly(new RolledBack("web", true, 3, 2), new RolledBack("api", true, 3, 2));
        assertThat(rollBack(3, rollBacks)).extracting(RolledBack::changed).containsExactly(false, false);
        assertThat(images()).containsExactly("shop/web:2", "shop/api:2");
    }

    @Test
    void aStepThatDiedBetweenTheTwoDoesTheSecondOneWhenItIsTriedAgain() {
        List<RollBackTo> rollBacks = shop.assess().rollBacks();
        rollBack(3, rollBacks.subList(0, 1));

        assertThat(rollBack(3, rollBacks)).extracting(RolledBack::changed).containsExactly(false, true);
        assertThat(images()).containsExactly("shop/web:2", "shop/api:2");
    }

    @Test
    void whenOneOfThemCannotGoBackTheOtherDoesNotEither() {
        List<RollBackTo> rollBacks = shop.assess().rollBacks();
        shop.edit(
                "api",
                api -> api.editSpec().withTemplate(TestShop.template("api", 4)).endSpec());

        assertThatExceptionOfType(RolloutFailedException.class)
                .isThrownBy(() -> rollBack(3, rollBacks))
                .withMessageStartingWith("Somebody has deployed another revision of shop/api");
        assertThat(images()).as("web was asked for first").containsExactly("shop/web:3", "shop/api:4");
    }

    @Test
    void anExecutionThatBeginsAfterOneThatDiedKnowsWhatWasTried() {
        rollBack(3, shop.assess().rollBacks());
        controllersRollOut("-2", 4);

        ApplicationAssessment after = shop.assess();

        assertThat(after.acted()).isTrue();
        assertThat(after.deployments().get(0).notes()).contains("rolled back for this incident");
        assertThat(after.decision()).as(after.toString()).isEqualTo(ApplicationDecision.ROLL_BACK);
        assertThat(after.rollBacks()).extracting(RollBackTo::toRevision).containsExactly(1L, 1L);

        rollBack(4, after.rollBacks());
        controllersRollOut("-1", 5);
        assertThat(shop.assess().decision())
                .as("both were tried for this incident")
                .isEqualTo(ApplicationDecision.EXAMINE);
        assertThat(shop.assess("another", "41").decision())
                .as("another one knows them as healthy, and that they do not get their image now")
                .isEqualTo(ApplicationDecision.EXAMINE);
    }

    @Test
    void whoHasAnOlderTokenChangesNothing() {
        List<RollBackTo> rollBacks = shop.assess().rollBacks();
        rollBack(4, rollBacks);

        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> rollBack(3, rollBacks));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> recovery().restart(scope(3), List.of("web")));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> recovery().verify(scope(3), null));
    }

    @Test
    void deploymentsThatANewerRecoveryLeftAsTheyWereRefuseAnOlderOneToo() {
        List<RollBackTo> rollBacks = shop.assess().rollBacks();
        recovery().restart(scope(4), List.of("web"));

        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> recovery().restart(scope(3), List.of("api")));
        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> rollBack(3, rollBacks.subList(1, 2)));
    }

    @Test
    void aRestartIsDoneOnceForAnIncident() {
        assertThat(recovery()
                        .restart(scope(3), List.of("web"))
                        .deployments()
                        .get(0)
                        .restarted())
                .isTrue();
        assertThat(recovery()
                        .restart(scope(4), List.of("web"))
                        .deployments()
                        .get(0)
                        .restarted())
                .as("by an execution of the same incident")
                .isFalse();
        assertThat(images()).as("revision as it is").containsExactly("shop/web:3", "shop/api:3");
    }

    @Test
    void aLoopOfCrashesAfterItIsNotWell() {
        Verified verified = recovery().verify(scope(3), null);

        assertThat(verified.held()).isFalse();
        assertThat(verified.failed()).isTrue();
        assertThat(verified.wellSince()).isNull();
        assertThat(verified.reason()).contains("pod web-3 is Running, not ready, waiting: ImagePullBackOff");
    }

    /** The pods of before are gone, and those of that revision do not come up either. */
    private void controllersRollOut(String replicaSet, int revision) {
        for (String name : List.of("web", "api")) {
            shop.renumber(name + replicaSet, revision);
            shop.client.pods().inNamespace("shop").withLabel("app", name).delete();
            shop.create(TestShop.pod(name + "-" + revision, name, name + replicaSet, false, "ImagePullBackOff"));
        }
    }

    private List<RolledBack> rollBack(long token, List<RollBackTo> rollBacks) {
        return recovery().rollBack(scope(token), rollBacks).deployments();
    }

    private ApplicationRecovery recovery() {
        return new ApplicationRecovery(shop::connection, scope -> {}, TestShop.CLOCK);
    }

    private RecoveryScope scope(long token) {
        return new RecoveryScope("incident", shop.target(), token);
    }

    private List<String> images() {
        return List.of("web", "api").stream()
                .map(name -> shop.deployment(name)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .toList();
    }
}
