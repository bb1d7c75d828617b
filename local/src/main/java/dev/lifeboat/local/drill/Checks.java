package dev.lifeboat.local.drill;

import dev.lifeboat.report.Section;
import java.util.ArrayList;
import java.util.List;

/** What was looked at in the end, and whether it held. Thread-safe. */
final class Checks {
    private final Console console;
    private final List<Section.Row> rows = new ArrayList<>();

    Checks(Console console) {
        this.console = console;
    }

    /** @param value how it is, for people */
    synchronized void check(String name, boolean held, String value) {
        rows.add(new Section.Row(name, value, held));
        console.say((held ? "held      " : "NOT HELD  ") + name + ": " + value);
    }

    /** Held when there is no difference. */
    void same(String name, String difference, String value) {
        check(name, difference.isEmpty(), difference.isEmpty() ? value : difference);
    }

    synchronized List<Section.Row> rows() {
        return List.copyOf(rows);
    }

    synchronized List<Section.Row> failed() {
        return rows.stream().filter(row -> Boolean.FALSE.equals(row.held())).toList();
    }
}
