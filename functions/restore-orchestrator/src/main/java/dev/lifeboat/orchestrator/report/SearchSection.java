package dev.lifeboat.orchestrator.report;

import dev.lifeboat.orchestrator.corruption.Attempt;
import dev.lifeboat.orchestrator.corruption.Search;
import dev.lifeboat.orchestrator.corruption.SearchResult;
import dev.lifeboat.report.Section;
import java.util.ArrayList;
import java.util.List;

/** What a report says of the search for the last good transaction. */
final class SearchSection {
    private SearchSection() {}

    /** @param search null when it cannot be read any more */
    static Section of(SearchResult result, Search search) {
        List<Section.Row> rows = new ArrayList<>();
        rows.add(new Section.Row(
                "Result", ReportAssembly.word(result.ending()) + ": " + result.reason(), result.exact()));
        if (result.lastGood() != null) {
            rows.add(row("Last good", result.lastGood().summary()));
        }
        if (result.firstBad() != null) {
            rows.add(row("First bad", result.firstBad().summary()));
        }
        if (result.before() != null) {
            rows.add(row("Gone back to", "all of the WAL that begins before " + result.before()));
        }
        if (!result.comesAndGoes().isEmpty()) {
            rows.add(new Section.Row(
                    "Comes and goes",
                    "violated in one state, and held in a later one: " + String.join(", ", result.comesAndGoes()),
                    Boolean.FALSE));
        }
        if (search != null) {
            rows.add(row("The live database", state(search.live())));
            search.attempts().forEach(each -> rows.add(row("Step " + each.step(), state(each))));
        }
        return new Section("The search", rows);
    }

    private static String state(Attempt attempt) {
        return "before " + attempt.before() + ": " + ReportAssembly.word(attempt.answer())
                + (attempt.confirms() ? " (to confirm)" : "") + ". " + attempt.reason();
    }

    private static Section.Row row(String name, String value) {
        return new Section.Row(name, value, null);
    }
}
