package dev.lifeboat.orchestrator.database;

import dev.lifeboat.orchestrator.database.LookResult.Answer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The answers of one assessment as they come in. A look that was never made knows nothing. */
final class Findings {
    private final Map<Look, LookResult> results = new EnumMap<>(Look.class);
    private long since = System.nanoTime();

    /** Notes an answer; the time since the last one was spent on it. The first answer to a look stands. */
    void note(Look look, Answer answer, String reason) {
        long now = System.nanoTime();
        results.putIfAbsent(look, new LookResult(look, answer, reason, (now - since) / 1_000_000));
        since = now;
    }

    void yes(Look look, String reason) {
        note(look, Answer.YES, reason);
    }

    void no(Look look, String reason) {
        note(look, Answer.NO, reason);
    }

    void unknown(Look look, String reason) {
        note(look, Answer.UNKNOWN, reason);
    }

    /** Every look, in order. */
    List<LookResult> all() {
        return Arrays.stream(Look.values()).map(this::result).toList();
    }

    Map<Look, Answer> answers() {
        Map<Look, Answer> answers = new EnumMap<>(Look.class);
        all().forEach(result -> answers.put(result.look(), result.answer()));
        return answers;
    }

    LookResult result(Look look) {
        return results.getOrDefault(look, new LookResult(look, Answer.UNKNOWN, "Not looked at.", 0));
    }
}
