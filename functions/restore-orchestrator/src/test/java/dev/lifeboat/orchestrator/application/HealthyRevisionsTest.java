package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kubernetes.Revision;
import dev.lifeboat.orchestrator.application.HealthyRevisions.InUse;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a revision is recorded as healthy: seconds count from 12:00, and it has to be well for sixty of them. */
@ExtendWith(S3MockExtension.class)
class HealthyRevisionsTest {
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
    void itIsRecordedWhenItWasWellWithoutABreak() {
        seen(0, "f1", null);
        seen(59, "f1", null);
        assertThat(recorded("f1")).isFalse();

        seen(60, "f1", null);

        assertThat(shop.records.find(shop.target(), "web", "f1")).hasValueSatisfying(known -> {
            assertThat(known.since()).isEqualTo(TestShop.NOW);
            assertThat(known.recordedAt()).isEqualTo(at(60));
            assertThat(known.images()).containsExactly("shop/web:f1");
        });
    }

    @Test
    void aLookAtWhichItWasNotWellIsABreak() {
        seen(0, "f1", null);
        shop.records(Clock.fixed(at(30), ZoneOffset.UTC)).notWell(shop.target());
        seen(61, "f1", null);

        assertThat(recorded("f1")).isFalse();
    }

    @Test
    void whatNobodySawForMoreThanThreeMinutesIsABreak() {
        seen(0, "f1", null);
        seen(181, "f1", null);
        assertThat(recorded("f1")).isFalse();

        seen(241, "f1", null);
        assertThat(recorded("f1")).isTrue();
    }

    @Test
    void aContainerThatEndedBetweenTwoLooksIsABreak() {
        seen(0, "f1", null);
        seen(60, "f1", at(45));
        assertThat(recorded("f1")).isFalse();

        seen(120, "f1", at(45));
        assertThat(recorded("f1")).as("it ended before the time began").isTrue();
    }

    @Test
    void anotherRevisionBeginsAnew() {
        seen(0, "f1", null);
        seen(60, "f2", null);

        assertThat(recorded("f2")).isFalse();
        assertThat(recorded("f1")).isFalse();
    }

    private void seen(int second, String fingerprint, Instant endedAt) {
        Revision revision =
                new Revision(1, "web-" + fingerprint, fingerprint, List.of("shop/web:" + fingerprint), at(0), Map.of());
        shop.records(Clock.fixed(at(second), ZoneOffset.UTC))
                .well(shop.target(), Map.of("web", new InUse(revision, endedAt)));
    }

    private boolean recorded(String fingerprint) {
        return shop.records.find(shop.target(), "web", fingerprint).isPresent();
    }

    private static Instant at(int second) {
        return TestShop.NOW.plusSeconds(second);
    }
}
