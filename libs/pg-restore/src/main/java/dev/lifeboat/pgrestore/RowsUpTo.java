package dev.lifeboat.pgrestore;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** As many whole rows of COPY text as reach a number of bytes: no row is cut. Closing it closes nothing. */
final class RowsUpTo extends FilterInputStream {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final InputStream rows;
    private int next;
    private int limit;
    private long most;
    private long given;
    private boolean atRowEnd = true;
    private boolean ended;

    RowsUpTo(InputStream rows) {
        super(rows);
        this.rows = rows;
    }

    /** Begins a further piece, behind the last one. */
    void begin(long bytes) {
        most = bytes;
        given = 0;
    }

    /** How many bytes the piece had so far. */
    long given() {
        return given;
    }

    /** Whether the rows are at their end. */
    boolean ended() throws IOException {
        return !fill();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if ((given >= most && atRowEnd) || !fill()) {
            return -1;
        }
        int end = given < most ? (int) Math.min(limit, next + Math.min(length, most - given)) : endOfRow(length);
        int step = end - next;
        System.arraycopy(buffer, next, target, offset, step);
        next = end;
        given += step;
        atRowEnd = buffer[end - 1] == '\n';
        return step;
    }

    private int endOfRow(int length) {
        int at = next;
        while (at < limit && at - next < length) {
            if (buffer[at++] == '\n') {
                break;
            }
        }
        return at;
    }

    private boolean fill() throws IOException {
        if (next == limit && !ended) {
            next = 0;
            limit = Math.max(0, rows.read(buffer, 0, buffer.length));
            ended = limit == 0;
        }
        return !ended;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        while (skipped < count && fill()) {
            int step = (int) Math.min(count - skipped, limit - next);
            next += step;
            skipped += step;
        }
        return skipped;
    }

    @Override
    public void close() {
        // the script's
    }
}
