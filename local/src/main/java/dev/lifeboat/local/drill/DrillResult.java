package dev.lifeboat.local.drill;

import dev.lifeboat.contract.Json;
import dev.lifeboat.report.HtmlReport;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes what a drill found into report.json and report.html. */
final class DrillResult {
    private final Path output;

    DrillResult(Path output) {
        this.output = output;
    }

    /** @param report the recovery's own, from the bucket; null when there is none */
    void write(RecoveryReport report, List<Section> sections) {
        try {
            Files.createDirectories(output);
            if (report == null) {
                Files.write(output.resolve("report.json"), Json.write(Map.of("sections", sections)));
                Files.writeString(output.resolve("report.html"), SectionsPage.render(sections));
                return;
            }
            RecoveryReport whole = report;
            for (Section section : sections) {
                whole = whole.with(section);
            }
            Files.write(output.resolve("report.json"), Json.write(whole));
            Files.writeString(output.resolve("report.html"), HtmlReport.render(whole));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the report below " + output, e);
        }
    }

    /** Keeps an object of the bucket beside the report. */
    void keep(String name, byte[] content) {
        try {
            Path file = output.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + name + " below " + output, e);
        }
    }

    /** For people: where to look. */
    String describe() {
        return "report: " + output.resolve("report.html") + ", report.json; logs: " + output.resolve("logs");
    }
}
