package dev.lifeboat.orchestrator.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.corruption.Attempt.Answer;
import dev.lifeboat.orchestrator.probe.InvariantRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A WAL of made-up commits, and an instance beside the live one that is moved through it as PostgreSQL is: forward alone, from a base
 * backup, from where it stands, or from the copy that was kept. It fails a search that asks for anything else.
 */
final class SimulatedHistory {
    private static final Instant TIME = Instant.parse("2026-11-23T03:14:15Z");

    static final InvariantRecord ASKED = new InvariantRecord(1, TIME, false, "application", List.of(), null);

    /** Where each commit is, and which invariants are violated from then on. */
    final TreeMap<Lsn, Set<String>> commits = new TreeMap<>();

    final List<String> invariants;
    final Lsn begin;
    final Lsn live;
    /** Which states nobody can judge, by all of the WAL that they have. */
    Predicate<Lsn> unclear = before -> false;
    /** Whether every step is written down and read again. */
    boolean stored;

    private Lsn current;
    private Lsn copy;

    SimulatedHistory(Lsn begin, Lsn live, String... invariants) {
        this.begin = begin;
        this.live = live;
        this.invariants = List.of(invariants);
    }

    /** Commits at random places, not further apart than a spread. */
    static SimulatedHistory random(Random random, int count, int spread, String... invariants) {
        TreeMap<Lsn, Set<String>> at = new TreeMap<>();
        Lsn begin = new Lsn(random.nextInt(1 << 30));
        Lsn position = begin;
        for (int i = 0; i < count; i++) {
            // PostgreSQL's records begin at multiples of 8.
            position = new Lsn((position.position() / 8 + 1 + random.nextInt(spread)) * 8);
            at.put(position, Set.of());
        }
        SimulatedHistory history = new SimulatedHistory(
                begin, new Lsn(position.position() + 8L * (1 + random.nextInt(spread))), invariants);
        history.commits.putAll(at);
        return history;
    }

    /** From the commit of that number on, 0 is the first, the invariants are violated, up to the one before another. */
    void violate(int from, int to, String... names) {
        int number = 0;
        for (Lsn each : List.copyOf(commits.keySet())) {
            if (number >= from && number < to) {
                Set<String> more = new TreeSet<>(commits.get(each));
                more.addAll(List.of(names));
                commits.put(each, more);
            }
            number++;
        }
    }

    Lsn commit(int number) {
        return List.copyOf(commits.keySet()).get(number);
    }

    /** What is violated in the state that has all of the WAL that begins before a position. */
    Set<String> violated(Lsn before) {
        var last = commits.lowerEntry(before);
        return last == null ? Set.of() : last.getValue();
    }

    /** The whole search. */
    Search search(List<Lsn> starts) {
        Search search = Search.begin(1, ASKED, starts, liveAttempt());
        while (Bisection.next(search) instanceof Next.Go go) {
            assertThat(search.attempts()).hasSizeLessThan(Bisection.MOST_STEPS);
            Search under = stored(search.under(go.step()));
            // Whoever asks again is told the same.
            assertThat(Bisection.next(under)).isEqualTo(go);
            search = stored(take(under, go.step()));
        }
        return search;
    }

    SearchResult result(List<Lsn> starts) {
        return ((Next.End) Bisection.next(search(starts))).result();
    }

    private Attempt liveAttempt() {
        List<String> violated = List.copyOf(violated(live));
        return Attempt.live(live, violated, held(violated), "It was seen.", TIME);
    }

    private List<String> held(List<String> violated) {
        return invariants.stream().filter(each -> !violated.contains(each)).toList();
    }

    private Search stored(Search search) {
        return stored ? Json.read("the search", Json.write(search), Search.class) : search;
    }

    private Search take(Search search, Step step) {
        Lsn from = switch (step.from()) {
            case BACKUP -> begin;
            case CURRENT -> current;
            case GOOD -> copy;
        };
        assertThat(from).as("what step %s begins from", step).isNotNull();
        assertThat(from).as("replay goes forward alone").isLessThanOrEqualTo(step.before());
        if (step.save()) {
            copy = from;
        }
        current = step.before();
        assertThat(live).as("the archive ends there").isGreaterThanOrEqualTo(step.before());
        return search.after(judge(step), step.list() == null ? null : list(step.list()));
    }

    private Attempt judge(Step step) {
        List<String> violated = List.copyOf(violated(step.before()));
        if (unclear.test(step.before())) {
            // What is violated has not answered, or the last one has not.
            List<String> answered = violated.isEmpty() ? invariants.subList(0, invariants.size() - 1) : held(violated);
            return new Attempt(
                    step.number(),
                    step.confirms(),
                    step.before(),
                    Answer.UNCLEAR,
                    List.of(),
                    answered,
                    "A query took too long.",
                    TIME);
        }
        return new Attempt(
                step.number(),
                step.confirms(),
                step.before(),
                violated.isEmpty() ? Answer.GOOD : Answer.BAD,
                violated,
                held(violated),
                "It was seen.",
                TIME);
    }

    private List<Commit> list(Step.Range range) {
        List<Commit> listed = new ArrayList<>();
        int xid = 700;
        for (Lsn each : commits.keySet()) {
            xid++;
            if (!range.from().isAfter(each) && range.to().isAfter(each)) {
                listed.add(new Commit(each, xid, TIME));
            }
        }
        return listed;
    }
}
