package dev.lifeboat.orchestrator.assessment;

import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers of one assessment as they come in from looks that are taken side by side. A look that was never made knows nothing. Each
 * thread has an object of its own, by {@link #aside()}; the answers are common to them.
 *
 * @param <L> the questions
 */
public final class Findings<L extends Enum<L>> {
    private final Class<L> looks;
    private final Map<L, LookResult<L>> results;
    private long since = System.nanoTime();

    /** Without an answer yet. */
    public Findings(Class<L> looks) {
        this(looks, new ConcurrentHashMap<>());
    }

    private Findings(Class<L> looks, Map<L, LookResult<L>> results) {
        this.looks = looks;
        this.results = results;
    }

    /** The same answers, for another thread: its time begins now. */
    public Findings<L> aside() {
        return new Findings<>(looks, results);
    }

    /** Notes an answer; the time since this thread's last one was spent on it. The first answer to a look stands. */
    public void note(L look, Answer answer, String reason) {
        long now = System.nanoTime();
        results.putIfAbsent(look, new LookResult<>(look, answer, reason, (now - since) / 1_000_000));
        since = now;
    }

    /** Notes that the answer is yes. */
    public void yes(L look, String reason) {
        note(look, Answer.YES, reason);
    }

    /** Notes that the answer is no. */
    public void no(L look, String reason) {
        note(look, Answer.NO, reason);
    }

    /** Notes that the answer is unknown. */
    public void unknown(L look, String reason) {
        note(look, Answer.UNKNOWN, reason);
    }

    /** Every look, in order. */
    public List<LookResult<L>> all() {
        return Arrays.stream(looks.getEnumConstants()).map(this::result).toList();
    }

    /** What is known of one look now. */
    public LookResult<L> result(L look) {
        return results.getOrDefault(look, new LookResult<>(look, Answer.UNKNOWN, "Not looked at.", 0));
    }
}
