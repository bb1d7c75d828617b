package dev.lifeboat.orchestrator.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.orchestrator.corruption.Attempt.Answer;
import dev.lifeboat.orchestrator.corruption.SearchResult.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The search against histories whose every state is known. */
final class BisectionTest {
    private static final String A = "no order without a customer";
    private static final String B = "users are there";

    @Test
    void findsTheTransactionInEveryHistoryInWhichDataStayBroken() {
        int named = 0;
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            int commits = 1 + random.nextInt(400);
            SimulatedHistory history = SimulatedHistory.random(random, commits, 1 + random.nextInt(5000), A, B);
            int broken = random.nextInt(commits);
            history.violate(broken, commits, random.nextBoolean() ? A : B);
            history.stored = seed % 20 == 0;

            SearchResult result = history.result(List.of(history.begin));

            assertThat(result)
                    .as("seed %d", seed)
                    .returns(Ending.FOUND, SearchResult::ending)
                    .returns(true, SearchResult::exact);
            assertThat(result.firstBad().lsn()).as("seed %d", seed).isEqualTo(history.commit(broken));
            assertThat(result.before()).isEqualTo(history.commit(broken));
            if (result.lastGood() != null) {
                assertThat(result.lastGood().lsn()).isEqualTo(history.commit(broken - 1));
            }
            named += result.lastGood() == null ? 0 : 1;
        }
        // Not named is only one that lies before what was listed.
        assertThat(named).isGreaterThan(2600);
    }

    @Test
    void takesFewStepsForMuchWal() {
        SimulatedHistory history = SimulatedHistory.random(new Random(7), 1_000_000, 2000, A);
        history.violate(654_321, 1_000_000, A);

        Search search = history.search(List.of(history.begin));

        // 8 GB are halved 13 times to 1 MiB; that has about 130 commits; one step begins, two confirm.
        assertThat(history.live.position() - history.begin.position()).isGreaterThan(7_000_000_000L);
        assertThat(search.attempts()).hasSizeLessThanOrEqualTo(13 + 8 + 3);
        assertThat(result(search).firstBad().lsn()).isEqualTo(history.commit(654_321));
        assertThat(result(search).lastGood().lsn()).isEqualTo(history.commit(654_320));
    }

    @Test
    void passesByWhatCannotBeJudged() {
        int exact = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            int commits = 2 + random.nextInt(300);
            SimulatedHistory history = SimulatedHistory.random(random, commits, 1 + random.nextInt(2000), A, B);
            int broken = random.nextInt(commits);
            history.violate(broken, commits, A);
            int one = seed;
            history.unclear = before -> !before.equals(history.begin) && (before.hashCode() * 31 + one) % 5 == 0;

            SearchResult result = history.result(List.of(history.begin));

            if (result.ending() == Ending.GAVE_UP) {
                assertThat(result.reason()).contains(Bisection.MOST_UNCLEAR + " states in a row could not be judged");
                assertThat(history.violated(result.before())).isEmpty();
                continue;
            }
            assertThat(result.ending()).isIn(Ending.FOUND, Ending.BLURRED);
            assertThat(result.exact()).isEqualTo(result.ending() == Ending.FOUND);
            exact += result.exact() ? 1 : 0;
            // Whatever could not be judged: the state that is proposed is good, and the one that broke it is among
            // those that are named.
            assertThat(history.violated(result.before())).as("seed %d", seed).isEmpty();
            int first = List.copyOf(history.commits.keySet())
                    .indexOf(result.firstBad().lsn());
            assertThat(broken).as("seed %d", seed).isBetween(first, first + result.between() - 1);
        }
        assertThat(exact).isGreaterThan(500);
    }

    @Test
    void saysThatAnInvariantComesAndGoesAndNamesAStateThatIsGoodAllTheSame() {
        int said = 0;
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            int commits = 20 + random.nextInt(300);
            SimulatedHistory history = SimulatedHistory.random(random, commits, 1 + random.nextInt(5000), A, B);
            int broken = commits / 2 + random.nextInt(commits / 2);
            history.violate(broken, commits, A);
            int from = 1 + random.nextInt(broken);
            history.violate(
                    from, Math.min(broken, from + 1 + random.nextInt(commits / 4)), random.nextBoolean() ? A : B);

            Search search = history.search(List.of(history.begin));
            SearchResult result = result(search);

            assertThat(result.ending()).isEqualTo(Ending.FOUND);
            // It is a real step from good to bad, whichever of them.
            int first = List.copyOf(history.commits.keySet())
                    .indexOf(result.firstBad().lsn());
            assertThat(history.violated(result.firstBad().lsn())).isEmpty();
            assertThat(history.violated(new Lsn(result.firstBad().lsn().position() + 1)))
                    .isNotEmpty();
            if (sawGoodAfterBad(search)) {
                said++;
                assertThat(result.comesAndGoes()).as("seed %d", seed).isNotEmpty();
                assertThat(result.exact()).isFalse();
            }
            if (result.exact()) {
                assertThat(first).as("seed %d", seed).isIn(from, broken);
            }
        }
        assertThat(said).isGreaterThan(200);
    }

    @Test
    void aBriefViolationIsNotTakenForTheLastOneWhenAStateAfterItIsGood() {
        SimulatedHistory history = SimulatedHistory.random(new Random(1), 1000, 100, A);
        history.violate(900, 1000, A);
        history.violate(498, 503, A);

        Search search = history.search(List.of(history.begin));

        assertThat(result(search).firstBad().lsn()).isEqualTo(history.commit(900));
    }

    @Test
    void beginsFurtherBackWhenWhatWasTakenForGoodIsNot() {
        SimulatedHistory history = SimulatedHistory.random(new Random(2), 300, 2000, A);
        history.violate(100, 300, A);
        Lsn wrong = history.commit(200);
        Lsn backup = history.commit(150);
        Lsn older = history.commit(20);

        Search search = history.search(List.of(wrong, backup, older, history.begin));

        assertThat(search.attempts()).extracting(Attempt::before).startsWith(wrong, backup, older);
        assertThat(result(search).firstBad().lsn()).isEqualTo(history.commit(100));
    }

    @Test
    void nothingGoodIsSaidAndNotGuessed() {
        SimulatedHistory history = SimulatedHistory.random(new Random(3), 50, 100, A);
        history.violate(0, 50, A);

        SearchResult result = history.result(List.of(history.commit(40), history.commit(1)));

        assertThat(result)
                .returns(Ending.NOTHING_GOOD, SearchResult::ending)
                .returns(null, SearchResult::before)
                .returns("None of the 2 states that the archive reaches back to is good.", SearchResult::reason);
        assertThat(history.result(List.of()).reason()).isEqualTo("No state can be reached from which to search.");
    }

    @Test
    void anInvariantThatDependsOnSomethingElseThanTheDataIsSaid() {
        SimulatedHistory history = new SimulatedHistory(new Lsn(800), new Lsn(8000), A);
        history.commits.put(new Lsn(400), Set.of());
        Search search = Search.begin(
                1,
                SimulatedHistory.ASKED,
                List.of(history.begin),
                Attempt.live(history.live, List.of(A), List.of(), "It was seen.", Instant.EPOCH));
        List<Attempt> looked = new ArrayList<>();
        while (Bisection.next(search) instanceof Next.Go go) {
            Attempt good = new Attempt(
                    go.step().number(),
                    false,
                    go.step().before(),
                    Answer.GOOD,
                    List.of(),
                    List.of(A),
                    "It was seen.",
                    Instant.EPOCH);
            looked.add(good);
            search = search.under(go.step()).after(good, List.of());
        }

        assertThat(looked).hasSize(1);
        assertThat(result(search))
                .returns(Ending.NO_DIFFERENCE, SearchResult::ending)
                .returns(
                        "Between the good state before 0/320 and the bad one before 0/1F40 nothing was committed:"
                                + " an invariant depends on something else than the data.",
                        SearchResult::reason);
    }

    @Test
    void aSearchThatGetsNowhereGivesUpWithTheNewestGoodState() {
        SimulatedHistory history = SimulatedHistory.random(new Random(4), 300, 2000, A, B);
        history.violate(100, 300, A);
        history.unclear = before -> before.isAfter(history.commit(60));

        SearchResult result = history.result(List.of(history.commit(20)));

        assertThat(result).returns(Ending.GAVE_UP, SearchResult::ending).returns(false, SearchResult::exact);
        assertThat(history.violated(result.before())).isEmpty();
        assertThat(result.reason())
                .endsWith("3 states in a row could not be judged, the last since: A query took too long.");
    }

    private static boolean sawGoodAfterBad(Search search) {
        return search.attempts().stream()
                .filter(each -> each.is(Answer.BAD))
                .anyMatch(bad -> search.attempts().stream()
                        .anyMatch(each -> each.is(Answer.GOOD) && each.before().isAfter(bad.before())));
    }

    private static SearchResult result(Search search) {
        return ((Next.End) Bisection.next(search)).result();
    }
}
