package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.orchestrator.assessment.RulePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/assessment.md} says is what the code does: its tables are made of the rules. */
final class AssessmentPageTest {
    private static final Path PAGE = Path.of(System.getProperty("lifeboat.root"), "docs/assessment.md");

    @Test
    void theTableOfDecisionsIsTheRules() throws IOException {
        assertThat(Files.readString(PAGE)).contains(RulePage.rules(AssessmentRules.ROWS));
    }

    @Test
    void everyDecisionIsThereWithWhatFollows() throws IOException {
        List<String> lines =
                new ArrayList<>(List.of("| decision | condition | rung | what follows |", "| --- | --- | --- | --- |"));
        for (Decision decision : Decision.values()) {
            lines.add("| `" + RulePage.word(decision) + "` | " + RulePage.word(decision.condition()) + " | "
                    + RulePage.word(decision.rung()) + " | " + decision.consequence() + " |");
        }

        assertThat(Files.readString(PAGE)).contains(String.join("\n", lines) + "\n");
    }

    @Test
    void everyRejectionIsThereWithItsReason() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| decision | "
                + Arrays.stream(Rung.values())
                        .map(RulePage::word)
                        .map(rung -> "not " + rung)
                        .collect(Collectors.joining(" | "))
                + " |");
        lines.add("| --- |" + " --- |".repeat(Rung.values().length));
        for (Decision decision : Decision.values()) {
            lines.add("| `" + RulePage.word(decision) + "` | "
                    + Arrays.stream(Rung.values())
                            .map(rung -> rejection(decision, rung))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }

        assertThat(Files.readString(PAGE)).contains(String.join("\n", lines) + "\n");
    }

    @Test
    void everyLookIsThere() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(Arrays.stream(Look.values())
                        .map(look -> "\n| `" + RulePage.word(look) + "` | ")
                        .toList());
    }

    private static String rejection(Decision decision, Rung rung) {
        return RejectedRungs.of(decision, "What was seen.").stream()
                .filter(rejected -> rejected.rung() == rung)
                .map(RejectedRung::reason)
                .findFirst()
                .orElse("(taken)");
    }
}
