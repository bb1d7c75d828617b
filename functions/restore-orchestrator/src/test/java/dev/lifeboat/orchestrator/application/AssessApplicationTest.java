package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which decision objects come to, as an API server would hold them; DeploymentEvidenceTest has how each of them is read. */
@ExtendWith(S3MockExtension.class)
class AssessApplicationTest {
    private TestShop shop;

    @BeforeEach
    void start(S3MockServer storage) {
        shop = new TestShop(storage);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void anApplicationThatServesAndAnswersNeedsNothing() {
        shop.deploy("web", true, 1);
        shop.create(TestShop.pod("web-1", "web", "web-1", true, null));

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.NOT_NEEDED);
        assertThat(assessment.rejected()).hasSize(ApplicationDecision.values().length - 1);
        assertThat(assessment.acted()).isFalse();
    }

    @Test
    void aRevisionWhoseImageCannotBePulledIsRolledBackToTheLastOneThatWasRecorded() {
        shop.deploy("web", false, 4);
        shop.healthy("web", 1);
        shop.healthy("web", 2);
        shop.create(
                TestShop.pod("web-3", "web", "web-2", true, null),
                TestShop.pod("web-4", "web", "web-4", false, "ImagePullBackOff"));

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.ROLL_BACK);
        assertThat(assessment.reason()).startsWith("web: It fails, was never seen healthy, and an older revision was.");
        assertThat(assessment.rollBacks()).singleElement().satisfies(back -> {
            assertThat(back.fromRevision()).isEqualTo(4);
            assertThat(back.toRevision()).as("3 was never recorded").isEqualTo(2);
            assertThat(back.toImages()).containsExactly("shop/web:2");
        });
    }

    @Test
    void whatWasTriedInVainIsNotTriedAgain() {
        shop.deploy("web", false, 3);
        shop.healthy("web", 1);
        shop.healthy("web", 2);
        shop.create(TestShop.pod("web-4", "web", "web-3", false, "ImagePullBackOff"));

        ApplicationAssessment assessment = shop.assess(new TriedRevision("web", shop.fingerprint("web", 2)));

        assertThat(assessment.rollBacks()).extracting(RollBackTo::toRevision).containsExactly(1L);
        assertThat(shop.assess(
                                new TriedRevision("web", shop.fingerprint("web", 2)),
                                new TriedRevision("web", shop.fingerprint("web", 1)))
                        .decision())
                .isEqualTo(ApplicationDecision.EXAMINE);
    }

    @Test
    void aRevisionThatNobodySawHealthyIsNoWayBack() {
        shop.deploy("web", false, 2);
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "CrashLoopBackOff"));

        assertThat(shop.assess().decision()).isEqualTo(ApplicationDecision.EXAMINE);
    }

    @Test
    void aRevisionThatWasHealthyIsRestartedOnceWhenItsDatabaseIsBack() {
        shop.deploy("web", true, 2);
        shop.healthy("web", 1);
        shop.healthy("web", 2);
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "CrashLoopBackOff"));

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.RESTART);
        assertThat(assessment.restarts()).containsExactly("web");
    }

    @Test
    void withoutTheDatabaseTheApplicationIsNotTouched() {
        shop.client.pods().inNamespace("shop").withName("postgres-0").delete();
        shop.deploy("web", false, 2);
        shop.healthy("web", 1);
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "CrashLoopBackOff"));

        assertThat(shop.assess().decision()).isEqualTo(ApplicationDecision.RECOVER_DATABASE);
    }

    @Test
    void withoutAReadyNodeItIsTheCluster() {
        shop.client.nodes().withName("n1").delete();
        shop.deploy("web", false, 1);

        assertThat(shop.assess().decision()).isEqualTo(ApplicationDecision.RECOVER_CLUSTER);
    }

    @Test
    void twoDeploymentsOfOneReleaseGoBackTogetherAndNotAtAllWhenOneCannot() {
        shop.deploy("web", true, 2);
        shop.deploy("api", false, 2);
        shop.healthy("web", 1);
        shop.healthy("api", 1);
        shop.create(
                TestShop.pod("web-2", "web", "web-2", true, null),
                TestShop.pod("api-2", "api", "api-2", false, "ImagePullBackOff"));

        assertThat(shop.assess().rollBacks()).extracting(RollBackTo::deployment).containsExactly("api", "web");

        ApplicationAssessment oneCannot = shop.assess(new TriedRevision("web", shop.fingerprint("web", 1)));
        assertThat(oneCannot.decision()).isEqualTo(ApplicationDecision.EXAMINE);
        assertThat(oneCannot.reason())
                .isEqualTo("api: It was deployed together with web, which cannot go back, and each alone would be a"
                        + " version that never ran. Of the older revisions that are kept (1) none was recorded as"
                        + " healthy that was not tried in vain.");
    }

    @Test
    void whatWasHealthyBeforeTheFailingRevisionWasMadeStays() {
        shop.deploy("web", true, 1);
        shop.deploy("api", false, 2);
        shop.healthy("web", 1);
        shop.healthy("api", 1);
        shop.create(
                TestShop.pod("web-1", "web", "web-1", true, null),
                TestShop.pod("api-2", "api", "api-2", false, "ImagePullBackOff"));

        assertThat(shop.assess().rollBacks()).extracting(RollBackTo::deployment).containsExactly("api");
    }

    @Test
    void aPausedRolloutIsSomebodys() {
        shop.deploy("web", false, 2);
        shop.healthy("web", 1);
        shop.client
                .apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .edit(found ->
                        found.edit().editSpec().withPaused(true).endSpec().build());
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "ImagePullBackOff"));

        assertThat(shop.assess().decision()).isEqualTo(ApplicationDecision.RESUME);
    }

    @Test
    void whatGitHasIsChangedInGitUnlessThePolicySaysOtherwise() {
        shop.deploy("web", false, 2);
        shop.healthy("web", 1);
        shop.client
                .apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .edit(found -> found.edit()
                        .editMetadata()
                        .addToAnnotations("argocd.argoproj.io/tracking-id", "storefront:apps/Deployment:shop/web")
                        .endMetadata()
                        .build());
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "ImagePullBackOff"));

        ApplicationAssessment told = shop.assess();
        shop.policy = new ApplicationPolicy(ApplicationPolicy.GitOps.ROLLBACK, null, null, null, null, null);

        assertThat(told.decision()).isEqualTo(ApplicationDecision.REVERT_IN_GIT);
        assertThat(told.reason()).contains("It is managed by Argo CD (storefront)");
        assertThat(shop.assess().decision()).isEqualTo(ApplicationDecision.ROLL_BACK);
    }

    @Test
    void aRollBackBelowTheDatabasesSchemaIsRefused() {
        shop.policy = new ApplicationPolicy(null, null, null, null, "SELECT max(version) FROM migrations", null);
        shop.deploy("web", false, 2);
        shop.healthy("web", 1);
        shop.create(TestShop.pod("web-2", "web", "web-2", false, "ImagePullBackOff"));

        assertThat(shop.assess("incident", "41").decision())
                .as("the image's is 41 as well")
                .isEqualTo(ApplicationDecision.ROLL_BACK);
        ApplicationAssessment refused = shop.assess("incident", "42");
        assertThat(refused.decision()).isEqualTo(ApplicationDecision.KEEP_SCHEMA);
        assertThat(refused.reason()).endsWith("The older revision is of schema 41, the database of 42.");
        assertThat(shop.assess("incident", "unknown").decision()).isEqualTo(ApplicationDecision.KEEP_SCHEMA);
    }

    @Test
    void whatKubernetesSeesWellAndUsersDoNotIsTheRoutesWhenItWasHealthyBefore() {
        shop.deploy("web", true, 1);
        shop.healthy("web", 1);
        shop.create(TestShop.pod("web-1", "web", "web-1", true, null));
        shop.status = 503;

        ApplicationAssessment assessment = shop.assess();

        assertThat(assessment.decision()).as(assessment.toString()).isEqualTo(ApplicationDecision.CHECK_ROUTE);
        assertThat(assessment.reason()).endsWith("/health: answers 503, expected 200");
    }

    @Test
    void withoutKubernetesItIsLookedAtAgain() {
        shop.deploy("web", true, 1);
        shop.stopKubernetes();

        assertThat(shop.assess().decision()).isEqualTo(ApplicationDecision.LOOK_AGAIN);
    }
}
