package dev.lifeboat.local.drill;

import dev.lifeboat.report.Section;
import java.util.List;

/** A drill's checks as one self-contained HTML file, for drills that are no recovery and so have no report of one. */
final class SectionsPage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><title>Lifeboat drill</title>
            <style>body{font:16px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}
            td{padding:.2em 1em .2em 0;vertical-align:top}.no{color:#b00;font-weight:bold}</style>
            <h1>Lifeboat drill</h1>
            """;

    private SectionsPage() {}

    static String render(List<Section> sections) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Section section : sections) {
            page.append("<h2>").append(escape(section.title())).append("</h2><table>\n");
            section.rows().forEach(row -> page.append(row(row)));
            page.append("</table>\n");
        }
        return page.append("</html>\n").toString();
    }

    private static String row(Section.Row row) {
        String mark = row.held() == null ? "" : row.held() ? "<td>held</td>" : "<td class=\"no\">NOT HELD</td>";
        return "<tr>" + mark + "<td>" + escape(row.name()) + "</td><td>" + escape(row.value()) + "</td></tr>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
