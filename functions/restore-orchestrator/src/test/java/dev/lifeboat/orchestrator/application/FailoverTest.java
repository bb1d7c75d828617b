package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.application.Failover.Cordoned;
import dev.lifeboat.orchestrator.application.Failover.Moving;
import dev.lifeboat.orchestrator.application.Failover.Progress;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The failover test, of two pods on one node and one on the other; an eviction deletes, and the controllers make a new one elsewhere. */
@ExtendWith(S3MockExtension.class)
class FailoverTest {
    private static final Target DRILL = TestTargets.drill("shop_drill", "shop");

    private TestShop shop;
    private Failover failover;
    private int made;

    @BeforeEach
    void start(S3MockServer storage) {
        shop = new TestShop(storage);
        failover = failover(4);
        shop.node("n2");
        shop.deploy("web", true, 1);
        shop.create(on("n1", "web-a"), on("n1", "web-b"), on("n2", "web-c"));
        shop.evicted = () -> shop.create(on("n2", "web-new-" + made++));
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void theNodeWithMostPodsIsEmptiedAndLetGoAgain() {
        Cordoned cordoned = failover.cordon(scope(3), shop.target());
        assertThat(cordoned.node()).isEqualTo("n1");
        assertThat(cordoned.pods()).extracting(Moving::name).containsExactly("web-a", "web-b");
        assertThat(isCordoned("n1")).isTrue();

        Progress progress = evict(cordoned, begin(cordoned));

        assertThat(progress.done()).as(progress.reason()).isTrue();
        assertThat(progress.reason()).isEqualTo("Every pod runs elsewhere.");
        assertThat(progress.asked()).isPositive();
        assertThat(progress.failed()).isZero();
        assertThat(progress.gapMillis()).isZero();
        assertThat(failover.uncordon(scope(3), shop.target()).nodes()).containsExactly("n1");
        assertThat(isCordoned("n1")).isFalse();
    }

    @Test
    void aBudgetThatRefusesIsObeyedAndAskedAgain() {
        shop.refusals.put("web-b", 7);
        Cordoned cordoned = failover.cordon(scope(3), shop.target());

        Progress progress = evict(cordoned, begin(cordoned));

        assertThat(progress.done()).isTrue();
        assertThat(progress.refused()).as("the client itself asks thrice").isBetween(1, 7);
        assertThat(progress.asked()).isGreaterThan(1);
    }

    @Test
    void whatDidNotAnswerIsCountedAndItsGapGoesOnIntoTheNextSlice() throws InterruptedException {
        Cordoned cordoned = failover.cordon(scope(3), shop.target());
        shop.status = 503;
        Progress down = evict(cordoned, begin(cordoned));
        assertThat(down.failed()).isEqualTo(down.asked()).isPositive();
        assertThat(down.downSince()).isNotNull();
        Thread.sleep(300);
        shop.status = 200;

        Progress up = evict(cordoned, down);

        assertThat(up.asked()).isGreaterThan(down.asked());
        assertThat(up.failed()).isEqualTo(down.failed());
        assertThat(up.gapMillis()).isGreaterThanOrEqualTo(300);
        assertThat(up.downSince()).isNull();
    }

    @Test
    void aPodThatIsGoneIsNotWaitedForAndOneThatStaysIs() {
        Cordoned cordoned = failover.cordon(scope(3), shop.target());
        List<Moving> gone = List.of(new Moving("web-z", "an-uid"));

        Progress progress = failover(40)
                .evict(
                        scope(3),
                        shop.target(),
                        cordoned.node(),
                        new Progress(false, gone, 0, 0, 0, null, 0, "Nothing was evicted yet."));

        assertThat(progress.pods()).as("it is gone").isEmpty();
        assertThat(progress.done()).as("the others were not asked to go").isFalse();
        assertThat(progress.reason()).isEqualTo("Waiting for pod web-a to leave.");
    }

    @Test
    void anApplicationThatIsNotWellIsLeftAlone() {
        shop.status = 503;

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> failover.cordon(scope(3), shop.target()))
                .withMessageStartingWith("The application is not well before the failover test: " + shop.health()
                        + " answers 503, expected 200.");
        assertThat(isCordoned("n1")).isFalse();
    }

    @Test
    void withoutASecondNodeNothingIsTouched() {
        shop.client.nodes().withName("n2").delete();

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> failover.cordon(scope(3), shop.target()))
                .withMessageContaining("Of 1 nodes 1 take pods, so the application's pods could go nowhere.");
    }

    @Test
    void aNodeThatAnEarlierTestHasLeftIsLetGoFirstAndAPersonsIsNot() {
        failover.cordon(scope(3), shop.target());
        shop.node("n3");
        shop.node("n4");
        shop.client
                .nodes()
                .withName("n3")
                .edit(node ->
                        node.edit().editSpec().withUnschedulable(true).endSpec().build());

        Cordoned again = failover.cordon(scope(4), shop.target());

        assertThat(again.node()).as("let go, and chosen again").isEqualTo("n1");
        assertThat(failover.uncordon(scope(4), shop.target()).nodes()).containsExactly("n1");
        assertThat(isCordoned("n3")).as("a person cordoned it").isTrue();
        assertThatExceptionOfType(FencedOffException.class)
                .as("a straggler of the earlier test")
                .isThrownBy(() -> failover.cordon(scope(3), shop.target()));
    }

    private Progress evict(Cordoned cordoned, Progress before) {
        return failover.evict(scope(3), shop.target(), cordoned.node(), before);
    }

    private static Progress begin(Cordoned cordoned) {
        return new Progress(false, cordoned.pods(), 0, 0, 0, null, 0, "Nothing was evicted yet.");
    }

    /** @param speed of a slice: at 40 it takes half a second; the application is asked every second all the same */
    private Failover failover(int speed) {
        return new Failover(
                shop::connection, scope -> {}, new FastClock(speed), rest -> Failover.pause(rest.dividedBy(speed)));
    }

    private static final class FastClock extends Clock {
        private final long begun = System.nanoTime();
        private final int speed;

        private FastClock(int speed) {
            this.speed = speed;
        }

        @Override
        public Instant instant() {
            return TestShop.NOW.plusNanos(speed * (System.nanoTime() - begun));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static RecoveryScope scope(long token) {
        return new RecoveryScope("drill-1", DRILL, token);
    }

    private boolean isCordoned(String name) {
        Node node = shop.client.nodes().withName(name).get();
        return Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    private static Pod on(String node, String name) {
        return TestShop.pod(name, "web", "web-1", true, null)
                .edit()
                .editSpec()
                .withNodeName(node)
                .endSpec()
                .build();
    }
}
