package dev.lifeboat.orchestrator.report;

import dev.lifeboat.orchestrator.corruption.LostRows;
import dev.lifeboat.orchestrator.corruption.LostTable;
import dev.lifeboat.report.Section;
import java.util.ArrayList;
import java.util.List;

/** What a report says of the rows that are lost. Their values are in the bucket alone. */
final class LostSection {
    private LostSection() {}

    static Section of(LostRows lost, String bucket) {
        List<Section.Row> rows = new ArrayList<>();
        rows.add(new Section.Row("In all", all(lost), lost.complete() ? null : Boolean.FALSE));
        lost.tables()
                .forEach(table -> rows.add(new Section.Row(table.schema() + "." + table.name(), words(table), null)));
        rows.add(new Section.Row("The rows", "s3://" + bucket + "/" + lost.prefix(), null));
        return new Section("What is lost, compared with the quarantine", rows);
    }

    private static String all(LostRows lost) {
        return lost.changed() + " rows in " + lost.tables().size() + " tables; " + lost.same() + " tables are the same"
                + (lost.complete() ? "" : "; not everything was compared or exported")
                + (lost.clients() == 0
                        ? ""
                        : "; " + lost.clients()
                                + " sessions were open with the quarantine, past the Service: what they wrote meanwhile is missing here");
    }

    private static String words(LostTable table) {
        String note = table.note() == null ? "" : " " + table.note();
        if (!table.compared()) {
            return "not compared." + note;
        }
        String exported = table.exported() == table.changed() ? "" : " (" + table.exported() + " of them exported)";
        return table.inserted() + " new rows are lost, " + table.updated() + " are as they were before their change, "
                + table.deleted() + " are back" + exported + ", by "
                + (table.key().isEmpty() ? "whole rows" : "key " + String.join(", ", table.key())) + "." + note;
    }
}
