package dev.lifeboat.orchestrator.corruption;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Writes rows as CSV, as COPY reads it: a null is empty and unquoted, every value is quoted. It is cut into parts, each with the header, so
 * that no more than one is in memory; beyond a number of bytes nothing more is written.
 */
final class CsvExport implements AutoCloseable {
    /** Of one part, before the row that makes it full. */
    static final int PART_BYTES = 8 << 20;

    private final List<String> header;
    private final long most;
    private final BiConsumer<Integer, byte[]> parts;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private int number;
    private long rows;
    private long bytes;

    /**
     * @param header the columns
     * @param most bytes in all, before the row that exceeds them
     * @param parts takes a part's number, from 1, and its content
     */
    CsvExport(List<String> header, long most, BiConsumer<Integer, byte[]> parts) {
        this.header = List.copyOf(header);
        this.most = most;
        this.parts = parts;
    }

    /** @param values as many as the header has columns; null where the row has none */
    void row(List<String> values) {
        if (bytes > most) {
            return;
        }
        if (part.size() == 0) {
            write(header);
        }
        write(values);
        rows++;
        if (part.size() >= PART_BYTES) {
            flush();
        }
    }

    /** How many rows were written, and not left out. */
    long rows() {
        return rows;
    }

    /** How many bytes were written. */
    long bytes() {
        return bytes;
    }

    private void write(List<String> values) {
        byte[] line = values.stream()
                .map(value -> value == null ? "" : '"' + value.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
        part.writeBytes(line);
        bytes += line.length;
    }

    private void flush() {
        if (part.size() > 0) {
            number++;
            parts.accept(number, part.toByteArray());
            part.reset();
        }
    }

    @Override
    public void close() {
        flush();
    }
}
