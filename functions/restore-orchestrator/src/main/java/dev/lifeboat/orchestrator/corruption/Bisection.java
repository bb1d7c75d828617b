package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.orchestrator.corruption.Attempt.Answer;
import dev.lifeboat.orchestrator.corruption.SearchResult.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Searches the last good transaction between a good state and a bad one: a pure function of how far the search is. It halves the WAL between
 * them until the commits in it are few enough to be listed, then the commits. A state that cannot be judged is passed by. Whoever broke
 * the data and whoever put it right again for a while look alike from between: so when the transaction is known, states after it are
 * looked at as well, and where one of them is good the search goes on from there.
 */
final class Bisection {
    /** Each halves what is left: enough for every WAL that a week's archive can hold, and some that cannot be judged. */
    static final int MOST_STEPS = 60;
    /** So many states in a row that nobody can judge have a cause that the next one has too. */
    static final int MOST_UNCLEAR = 3;
    /** States after the one that was found, in which nothing has to be good. */
    static final int CONFIRMATIONS = 2;
    /** So much WAL has some thousand commits at most, which are listed at once. */
    static final long LISTED_BYTES = 1L << 20;
    /** Listed before the range that matters, so that the last good transaction itself can be named. */
    static final long LISTED_BEFORE = 1L << 18;

    private static final long SMALLEST_SEGMENT = 1L << 20;
    /** Below this, two states are not worth another one between them when nothing but confirmation is wanted. */
    private static final long LEAST_GAP = 1L << 12;

    private final Search search;
    private final List<Attempt> attempts;
    private final Lsn good;
    private final Lsn bad;

    private Bisection(Search search) {
        this.search = search;
        this.attempts = search.attempts();
        this.good = positions(Answer.GOOD).max(Comparator.naturalOrder()).orElse(null);
        this.bad = positions(Answer.BAD)
                .filter(position -> good == null || position.isAfter(good))
                .min(Comparator.naturalOrder())
                .orElse(search.live().before());
    }

    /** What is to be done next. The same search always gives the same. */
    static Next next(Search search) {
        return search.pending() != null ? new Next.Go(search.pending()) : new Bisection(search).next();
    }

    /** Invariants that were violated in one state, and held in a later one. */
    static List<String> comesAndGoes(Search search) {
        List<Attempt> seen = new ArrayList<>(search.attempts());
        seen.add(search.live());
        seen.sort(Comparator.comparing(Attempt::before));
        TreeSet<String> violated = new TreeSet<>();
        TreeSet<String> back = new TreeSet<>();
        for (Attempt each : seen) {
            each.held().stream().filter(violated::contains).forEach(back::add);
            violated.addAll(each.violated());
        }
        return List.copyOf(back);
    }

    private Stream<Lsn> positions(Answer answer) {
        return attempts.stream().filter(each -> each.is(answer)).map(Attempt::before);
    }

    private Next next() {
        if (good == null) {
            return begin();
        }
        if (isStuck()) {
            return gaveUp();
        }
        return isListed() ? amongCommits() : inWal();
    }

    private boolean isStuck() {
        return attempts.size() >= MOST_STEPS || unclearInARow() >= MOST_UNCLEAR;
    }

    private int unclearInARow() {
        int count = 0;
        for (int i = attempts.size() - 1; i >= 0 && attempts.get(i).is(Answer.UNCLEAR); i--) {
            count++;
        }
        return count;
    }

    /** Nothing good is known yet: the next older state to begin at. */
    private Next begin() {
        return search.starts().stream()
                .filter(start -> search.live().before().isAfter(start))
                .filter(start ->
                        attempts.stream().noneMatch(each -> each.before().equals(start)))
                .findFirst()
                .<Next>map(start -> go(Step.From.BACKUP, start, listIfSmall(start), false))
                .orElseGet(() -> end(
                        Ending.NOTHING_GOOD,
                        null,
                        null,
                        0,
                        attempts.isEmpty()
                                ? "No state can be reached from which to search."
                                : "None of the " + attempts.size()
                                        + " states that the archive reaches back to is good."));
    }

    /** Where little was written, the commits are there with the first step. */
    private Step.Range listIfSmall(Lsn from) {
        return width(from, bad) <= LISTED_BYTES ? range(from) : null;
    }

    /** From a little before, but within the segment, since the one before it may not be kept any more; no segment is smaller than this. */
    private Step.Range range(Lsn from) {
        long segment = from.position() - from.position() % SMALLEST_SEGMENT;
        return new Step.Range(new Lsn(Math.max(segment, from.position() - LISTED_BEFORE)), bad);
    }

    private boolean isListed() {
        return search.listed() != null && search.listed().spans(good, bad);
    }

    private Next inWal() {
        Lsn middle = middleOfWidest(between(good, bad));
        return forward(middle, width(good, bad) <= LISTED_BYTES ? range(good) : null, false);
    }

    /** The two, and what could not be judged between them. */
    private List<Lsn> between(Lsn from, Lsn to) {
        List<Lsn> bounds = new ArrayList<>(positions(Answer.UNCLEAR)
                .filter(position -> position.isAfter(from) && to.isAfter(position))
                .toList());
        bounds.add(from);
        bounds.add(to);
        bounds.sort(Comparator.naturalOrder());
        return bounds;
    }

    private static Lsn middleOfWidest(List<Lsn> bounds) {
        int widest = 0;
        for (int i = 1; i < bounds.size() - 1; i++) {
            if (width(bounds.get(i), bounds.get(i + 1)) > width(bounds.get(widest), bounds.get(widest + 1))) {
                widest = i;
            }
        }
        Lsn from = bounds.get(widest);
        return new Lsn(from.position() + width(from, bounds.get(widest + 1)) / 2);
    }

    private static long width(Lsn from, Lsn to) {
        return to.position() - from.position();
    }

    /** The states between the commits: the one before the first is the good one, the one after the last the bad one. */
    private Next amongCommits() {
        List<Commit> suspects = search.commits().stream()
                .filter(commit -> !good.isAfter(commit.lsn()) && bad.isAfter(commit.lsn()))
                .toList();
        if (suspects.isEmpty()) {
            return end(
                    Ending.NO_DIFFERENCE,
                    good,
                    null,
                    0,
                    "Between the good state before " + good + " and the bad one before " + bad
                            + " nothing was committed: an invariant depends on something else than the data.");
        }
        int next = middleUntried(suspects);
        return next > 0 ? forward(suspects.get(next).lsn(), null, false) : found(suspects);
    }

    /** The one in the middle of the longest row of states that were not looked at; 0 when there is none. */
    private int middleUntried(List<Commit> suspects) {
        TreeSet<Integer> tried = new TreeSet<>(List.of(0, suspects.size()));
        positions(Answer.UNCLEAR)
                .filter(position -> position.isAfter(good) && bad.isAfter(position))
                .forEach(position -> tried.add((int) suspects.stream()
                        .filter(commit -> position.isAfter(commit.lsn()))
                        .count()));
        int from = 0;
        int to = 0;
        int before = 0;
        for (int each : tried) {
            if (each - before > to - from) {
                from = before;
                to = each;
            }
            before = each;
        }
        return to - from < 2 ? 0 : from + (to - from) / 2;
    }

    private Next found(List<Commit> suspects) {
        return confirmation().orElseGet(() -> {
            Commit first = suspects.get(0);
            String lastGood = lastGood(first)
                    .map(commit -> "The last good one is " + commit.summary() + ".")
                    .orElse("The last good one is older than those that were listed.");
            return suspects.size() == 1
                    ? end(
                            Ending.FOUND,
                            first.lsn(),
                            first,
                            1,
                            "The data were broken by " + first.summary() + ". " + lastGood)
                    : end(
                            Ending.BLURRED,
                            first.lsn(),
                            first,
                            suspects.size(),
                            "The data were broken by one of " + suspects.size() + " transactions, the first of them "
                                    + first.summary() + ": no state between them could be judged. " + lastGood);
        });
    }

    /** A state after the first bad one that nobody has looked at, in the widest gap. */
    private Optional<Next> confirmation() {
        long done = attempts.stream()
                .filter(each -> each.confirms()
                        && !each.is(Answer.GOOD)
                        && each.before().isAfter(bad))
                .count();
        Lsn live = search.live().before();
        List<Lsn> bounds = new ArrayList<>(between(bad, live));
        positions(Answer.BAD)
                .filter(position -> position.isAfter(bad) && live.isAfter(position))
                .forEach(bounds::add);
        bounds.sort(Comparator.naturalOrder());
        Lsn middle = middleOfWidest(bounds);
        long nearest = bounds.stream()
                .mapToLong(each -> Math.abs(width(each, middle)))
                .min()
                .orElse(0);
        return done >= CONFIRMATIONS || nearest < LEAST_GAP
                ? Optional.empty()
                : Optional.of(forward(middle, null, true));
    }

    private Optional<Commit> lastGood(Commit firstBad) {
        return search.commits().stream()
                .filter(commit -> firstBad.lsn().isAfter(commit.lsn()))
                .max(Comparator.comparing(Commit::lsn));
    }

    private Next gaveUp() {
        String reached = "The newest good state is the one before " + good + ", the first bad one before " + bad + ". ";
        return end(
                Ending.GAVE_UP,
                good,
                null,
                0,
                unclearInARow() >= MOST_UNCLEAR
                        ? reached + MOST_UNCLEAR + " states in a row could not be judged, the last since: "
                                + attempts.get(attempts.size() - 1).reason()
                        : reached + "The search took " + MOST_STEPS + " steps and has not come to an end.");
    }

    /** Replay goes forward alone: from the good state as it stands, or from the copy that was kept of it. */
    private Next forward(Lsn before, Step.Range list, boolean confirms) {
        Attempt last = attempts.get(attempts.size() - 1);
        Step.From from = last.is(Answer.GOOD)
                ? Step.From.CURRENT
                // Whoever was not reached may have left no copy behind.
                : last.said() ? Step.From.GOOD : Step.From.BACKUP;
        return go(from, before, list, confirms);
    }

    private Next go(Step.From from, Lsn before, Step.Range list, boolean confirms) {
        return new Next.Go(new Step(attempts.size() + 1, from, from == Step.From.CURRENT, before, list, confirms));
    }

    private Next end(Ending ending, Lsn before, Commit firstBad, int between, String reason) {
        List<String> comesAndGoes = comesAndGoes(search);
        return new Next.End(new SearchResult(
                ending,
                ending == Ending.FOUND && comesAndGoes.isEmpty(),
                before,
                firstBad == null ? null : lastGood(firstBad).orElse(null),
                firstBad,
                between,
                comesAndGoes,
                attempts.size(),
                reason));
    }
}
