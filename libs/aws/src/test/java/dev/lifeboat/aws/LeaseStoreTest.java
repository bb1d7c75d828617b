package dev.lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.LeaseHeldException;
import dev.lifeboat.contract.recovery.HeldLease;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(S3MockExtension.class)
final class LeaseStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:14:00Z");

    private final Set<String> closed = new HashSet<>();
    private TestBucket bucket;
    private LeaseStore leases;

    @BeforeEach
    void open(S3MockServer server) {
        bucket = TestBucket.versioned(server.endpoint());
        leases = new LeaseStore(
                oneWriteAtATime(bucket.s3), bucket.name, closed::contains, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void theFirstOwnerGetsTokenOne() {
        Lease lease = leases.acquire("app", "incident-1", "execution-1");

        assertThat(lease).isEqualTo(new Lease(1, "app", 1, "execution-1", "incident-1", Lease.State.HELD, NOW, null));
        assertThat(leases.find("app")).contains(lease);
    }

    @Test
    void theHolderGetsTheSameTokenHoweverOftenItAsks() {
        leases.acquire("app", "incident-1", "execution-1");

        assertThat(leases.acquire("app", "incident-1", "execution-1").token()).isEqualTo(1);
        assertThat(leases.acquire("app", "incident-1", "execution-1").token()).isEqualTo(1);
    }

    @Test
    void anotherExecutionIsRefusedWhileTheHolderRuns() {
        leases.acquire("app", "incident-1", "execution-1");

        assertThatThrownBy(() -> leases.acquire("app", "incident-2", "execution-2"))
                .isExactlyInstanceOf(LeaseHeldException.class)
                .hasMessage("Target 'app' is being recovered by execution execution-1 (incident incident-1, token 1)"
                        + " since 2026-11-23T03:14:00Z. HINT: Wait for it, or stop that execution: the next one then"
                        + " takes its lease over.");
        assertThat(leases.find("app"))
                .hasValueSatisfying(lease -> assertThat(lease.owner()).isEqualTo("execution-1"));
    }

    @Test
    void aLeaseIsTakenOverFromAnExecutionThatHasEnded() {
        leases.acquire("app", "incident-1", "execution-1");
        closed.add("execution-1");

        assertThat(leases.acquire("app", "incident-2", "execution-2").token()).isEqualTo(2);
    }

    @Test
    void aReleasedLeaseIsTakenWithTheNextTokenAndNeverDeleted() {
        leases.acquire("app", "incident-1", "execution-1");

        assertThat(leases.release("app", 1)).isTrue();
        assertThat(leases.find("app"))
                .hasValueSatisfying(lease -> assertThat(lease.state()).isEqualTo(Lease.State.RELEASED));
        assertThat(leases.acquire("app", "incident-2", "execution-2").token()).isEqualTo(2);
    }

    @Test
    void theSameExecutionGetsANewTokenAfterItHasReleasedTheLease() {
        leases.acquire("app", "incident-1", "execution-1");
        leases.release("app", 1);

        assertThat(leases.acquire("app", "incident-1", "execution-1").token()).isEqualTo(2);
    }

    @Test
    void aReleaseUnderAnOldTokenLeavesTheNewOwnerAlone() {
        leases.acquire("app", "incident-1", "execution-1");
        closed.add("execution-1");
        leases.acquire("app", "incident-2", "execution-2");

        assertThat(leases.release("app", 1)).isFalse();
        assertThat(leases.find("app"))
                .hasValueSatisfying(lease -> assertThat(lease.state()).isEqualTo(Lease.State.HELD));
    }

    @Test
    void aSecondReleaseChangesNothing() {
        leases.acquire("app", "incident-1", "execution-1");
        leases.release("app", 1);

        assertThat(leases.release("app", 1)).isFalse();
        assertThat(leases.release("never-leased", 1)).isFalse();
    }

    @Test
    void anExecutionThatTheHolderHasStartedActsUnderItsToken() {
        leases.acquire("app", "incident-1", "parent");

        assertThat(leases.inherit("app", new HeldLease("parent", 1), "child").token())
                .isEqualTo(1);
        assertThat(leases.inherit("app", new HeldLease("parent", 1), "child").token())
                .as("asked again")
                .isEqualTo(1);
        assertThat(leases.find("app"))
                .contains(new Lease(1, "app", 1, "parent", "incident-1", Lease.State.HELD, NOW, "child"));
        assertThat(leases.acquire("app", "incident-1", "parent").token()).isEqualTo(1);
    }

    @Test
    void noTwoExecutionsInheritALeaseAtOnce() {
        leases.acquire("app", "incident-1", "parent");
        leases.inherit("app", new HeldLease("parent", 1), "child");

        assertThatThrownBy(() -> leases.inherit("app", new HeldLease("parent", 1), "console"))
                .isExactlyInstanceOf(LeaseHeldException.class)
                .hasMessageStartingWith(
                        "Target 'app' is being recovered by execution child (incident incident-1, token 1)");

        closed.add("child");
        assertThat(leases.inherit("app", new HeldLease("parent", 1), "console").heir())
                .isEqualTo("console");
    }

    @Test
    void nobodyInheritsFromWhoHasGivenItBackHasEndedOrNeverHadIt() {
        assertThatThrownBy(() -> leases.inherit("app", new HeldLease("parent", 1), "child"))
                .isExactlyInstanceOf(FencedOffException.class)
                .hasMessageContaining("which nobody has ever taken");
        leases.acquire("app", "incident-1", "parent");

        assertThatThrownBy(() -> leases.inherit("app", new HeldLease("somebody", 1), "child"))
                .isExactlyInstanceOf(FencedOffException.class)
                .hasMessage(
                        "Token 1 is not that of target 'app's lease, which is 1 of execution parent (HELD). HINT: Leave"
                                + " the target to its new owner.");
        assertThatThrownBy(() -> leases.inherit("app", new HeldLease("parent", 2), "child"))
                .isExactlyInstanceOf(FencedOffException.class);

        closed.add("parent");
        assertThatThrownBy(() -> leases.inherit("app", new HeldLease("parent", 1), "child"))
                .isExactlyInstanceOf(FencedOffException.class)
                .hasMessageContaining("for execution parent, which held it, has ended");

        leases.release("app", 1);
        assertThatThrownBy(() -> leases.inherit("app", new HeldLease("parent", 1), "child"))
                .isExactlyInstanceOf(FencedOffException.class);
        assertThat(leases.find("app"))
                .hasValueSatisfying(lease -> assertThat(lease.heir()).isNull());
    }

    @Test
    void aHolderGetsANewerTokenAndNobodyComesBetween() {
        leases.acquire("app", "incident-1", "parent");
        leases.inherit("app", new HeldLease("parent", 1), "child");

        assertThat(leases.renew("app", 1, "parent").token()).isEqualTo(2);
        assertThat(leases.renew("app", 1, "parent").token())
                .as("the same call once more")
                .isEqualTo(2);
        assertThat(leases.find("app"))
                .contains(new Lease(1, "app", 2, "parent", "incident-1", Lease.State.HELD, NOW, null));
        assertThatThrownBy(() -> leases.inherit("app", new HeldLease("parent", 1), "child"))
                .as("a straggler of the execution that inherited")
                .isExactlyInstanceOf(FencedOffException.class)
                .hasMessageContaining("which is 2 by now");
        assertThatThrownBy(() -> leases.requireHeld("app", 1)).isExactlyInstanceOf(FencedOffException.class);
    }

    @Test
    void onlyTheHolderRenewsItsLease() {
        leases.acquire("app", "incident-1", "parent");

        assertThatThrownBy(() -> leases.renew("app", 1, "other")).isExactlyInstanceOf(FencedOffException.class);
        leases.release("app", 1);
        assertThatThrownBy(() -> leases.renew("app", 1, "parent")).isExactlyInstanceOf(FencedOffException.class);

        leases.acquire("app", "incident-2", "other");
        assertThatThrownBy(() -> leases.renew("app", 1, "parent")).isExactlyInstanceOf(FencedOffException.class);
        assertThat(leases.find("app"))
                .hasValueSatisfying(lease -> assertThat(lease.token()).isEqualTo(2));
    }

    @Test
    void aLeaseThatWasInheritedIsTakenOverWhenItsHolderHasEnded() {
        leases.acquire("app", "incident-1", "parent");
        leases.inherit("app", new HeldLease("parent", 1), "child");
        closed.add("parent");

        Lease taken = leases.acquire("app", "incident-2", "execution-2");

        assertThat(taken).isEqualTo(new Lease(1, "app", 2, "execution-2", "incident-2", Lease.State.HELD, NOW, null));
        assertThatThrownBy(() -> leases.requireHeld("app", 1)).isExactlyInstanceOf(FencedOffException.class);
    }

    @RepeatedTest(5)
    void ofManyThatAskAtOnceExactlyOneInherits() throws Exception {
        leases.acquire("app", "incident-1", "parent");
        List<Callable<Lease>> heirs = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            String name = "child-" + i;
            heirs.add(() -> leases.inherit("app", new HeldLease("parent", 1), name));
        }

        assertThat(atOnce(heirs)).hasSize(1);
    }

    @Test
    void leasesOfTwoTargetsAreIndependent() {
        leases.acquire("app", "incident-1", "execution-1");

        assertThat(leases.acquire("app-drill", "incident-2", "execution-2").token())
                .isEqualTo(1);
    }

    @RepeatedTest(5)
    void ofManyThatAskAtOnceExactlyOneGetsALeaseThatWasNeverHeld() throws Exception {
        assertThat(race(8)).hasSize(1);
        assertThat(leases.find("app"))
                .hasValueSatisfying(lease -> assertThat(lease.token()).isEqualTo(1));
    }

    @RepeatedTest(5)
    void ofManyThatAskAtOnceExactlyOneTakesALeaseOver() throws Exception {
        leases.acquire("app", "incident-0", "execution-dead");
        closed.add("execution-dead");

        assertThat(race(8)).hasSize(1);
        assertThat(leases.find("app"))
                .hasValueSatisfying(lease -> assertThat(lease.token()).isEqualTo(2));
    }

    @Test
    void theSameExecutionAskingManyTimesAtOnceGetsOneToken() throws Exception {
        List<Callable<Lease>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(() -> leases.acquire("app", "incident-1", "execution-1"));
        }

        assertThat(atOnce(callers)).hasSize(8).extracting(Lease::token).containsOnly(1L);
    }

    @Test
    void aLeaseThatCannotBeUnderstoodIsNeverOverwritten() {
        String foreign = "{\"version\":1,\"target\":\"app\",\"token\":5,\"owner\":\"o\",\"incident\":\"i\","
                + "\"state\":\"released\",\"since\":\"2026-11-23T03:14:00Z\",\"until\":\"tomorrow\"}";
        String version = bucket.put("leases/app.json", foreign.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> leases.acquire("app", "incident-1", "execution-1"))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid lease s3://" + bucket.name + "/leases/app.json: unknown field 'until', expected"
                        + " one of heir, incident, owner, since, state, target, token, version. HINT: Remove or rename the"
                        + " field; events/ holds an example of every payload.");
        assertThat(bucket.s3
                        .headObject(r -> r.bucket(bucket.name).key("leases/app.json"))
                        .versionId())
                .isEqualTo(version);
    }

    /**
     * S3 decides a conditional write atomically; S3Mock 5.2.0 checks and then writes, so that two of several writers that
     * come together can both be told that they won. The races are ours to test, not S3Mock's.
     */
    private static S3Client oneWriteAtATime(S3Client s3) {
        Object turn = new Object();
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("putObject")) {
                            synchronized (turn) {
                                return method.invoke(s3, arguments);
                            }
                        }
                        return method.invoke(s3, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** @return the winners' leases */
    private List<Lease> race(int callers) throws Exception {
        List<Callable<Lease>> racers = new ArrayList<>();
        for (int i = 1; i <= callers; i++) {
            String name = Integer.toString(i);
            racers.add(() -> leases.acquire("app", "incident-" + name, "execution-" + name));
        }
        return atOnce(racers);
    }

    private static List<Lease> atOnce(List<Callable<Lease>> callers) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(callers.size());
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Lease>> futures = new ArrayList<>();
            for (Callable<Lease> caller : callers) {
                futures.add(pool.submit(() -> {
                    start.await();
                    return caller.call();
                }));
            }
            start.countDown();
            List<Lease> won = new ArrayList<>();
            for (Future<Lease> future : futures) {
                try {
                    won.add(future.get());
                } catch (ExecutionException lost) {
                    assertThat(lost.getCause()).isExactlyInstanceOf(LeaseHeldException.class);
                }
            }
            return won;
        } finally {
            pool.shutdownNow();
        }
    }
}
