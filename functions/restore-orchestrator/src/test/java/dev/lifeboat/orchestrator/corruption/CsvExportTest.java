package dev.lifeboat.orchestrator.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvExportTest {
    private final List<String> parts = new ArrayList<>();

    @Test
    void tellsANullFromAnEmptyTextAndQuotesWhatItMust() {
        try (CsvExport export = export(1000)) {
            export.row(Arrays.asList("inserted", null));
            export.row(List.of("updated", ""));
            export.row(List.of("deleted", "say \"no\",\nthen go"));
        }

        assertThat(parts).containsExactly("""
                        1:"lost_change","name"
                        "inserted",
                        "updated",""
                        "deleted","say ""no"",
                        then go"
                        """);
    }

    @Test
    void nothingIsWrittenWhereNothingDiffers() {
        export(1000).close();

        assertThat(parts).isEmpty();
    }

    @Test
    void isCutIntoPartsOfWhichEachHasTheHeader() {
        String half = "x".repeat(CsvExport.PART_BYTES / 2);
        try (CsvExport export = export(Long.MAX_VALUE)) {
            for (int i = 0; i < 5; i++) {
                export.row(List.of("inserted", half));
            }
        }

        assertThat(parts).hasSize(3).allMatch(part -> part.substring(2).startsWith("\"lost_change\",\"name\"\n"));
        assertThat(parts).extracting(part -> part.charAt(0)).containsExactly('1', '2', '3');
    }

    @Test
    void endsAtItsBoundAndKnowsHowManyRowsItWrote() {
        CsvExport export = export(100);
        try (export) {
            for (int i = 0; i < 50; i++) {
                export.row(List.of("inserted", "0123456789"));
            }
        }

        assertThat(export.rows()).isEqualTo(4);
        assertThat(parts.get(0).lines()).hasSize(5);
    }

    private CsvExport export(long most) {
        return new CsvExport(
                List.of("lost_change", "name"),
                most,
                (number, content) -> parts.add(number + ":" + new String(content, StandardCharsets.UTF_8)));
    }
}
