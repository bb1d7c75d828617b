package dev.lifeboat.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;

final class SnapStartTest {
    @Test
    void everyBeanIsPrimedBeforeASnapshotEvenWhenOneFails() throws Exception {
        AtomicInteger primed = new AtomicInteger();
        List<Primed> beans = List.of(
                primed::incrementAndGet,
                () -> {
                    throw new IllegalStateException("as the test wants it");
                },
                primed::incrementAndGet);

        new SnapStartHooks(beans).hook().beforeCheckpoint(Core.getGlobalContext());

        assertThat(primed).hasValue(2);
    }

    @Test
    void whatIsDiscardedBeforeASnapshotIsMadeAfreshAfterIt() {
        AtomicInteger made = new AtomicInteger();
        Fresh<Integer> client = new Fresh<>(made::incrementAndGet);

        assertThat(client.get()).isEqualTo(1);
        assertThat(client.get()).isEqualTo(1);
        client.discard();
        assertThat(client.get()).isEqualTo(2);
    }

    @Test
    void primingAClientCallsItAndSwallowsThatNobodyAnswers() {
        AtomicInteger calls = new AtomicInteger();

        AwsClients.prime(SnsClient.builder(), sns -> {
            calls.incrementAndGet();
            sns.publish(r -> r.topicArn("priming").message("priming"));
            // Only reached if somebody answered, or the failure was not the SDK's.
            calls.incrementAndGet();
        });

        assertThat(calls).hasValue(1);
    }
}
