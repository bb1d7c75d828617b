package dev.lifeboat.pgrestore;

import java.io.IOException;
import java.io.InputStream;

/**
 * One part of a table's rows. The rows are dealt out in turns of {@value #TURN_BYTES} bytes, each up to the next row's end: the first
 * turn to part 0, the next one to part 1, and so on. A line feed ends a row wherever it stands, since COPY text writes one in a value
 * as {@code \n}. Compressed rows can't be entered in the middle: whoever loads a part reads all and passes its own turns on, which
 * costs less than what the server does with a row.
 */
final class PartInputStream extends InputStream {
    /** Long enough that a search for the row's end costs nothing, short enough that parts come out even. */
    static final int TURN_BYTES = 256 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream rows;
    private final int part;
    private final int parts;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int limit;
    private int turn;
    private int bytesOfTurn;

    PartInputStream(InputStream rows, int part, int parts) {
        this.rows = rows;
        this.part = part;
        this.parts = parts;
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
        while (fill()) {
            int end = endOfTurn();
            if (turn == part) {
                int step = Math.min(length, end - next);
                System.arraycopy(buffer, next, target, offset, step);
                advance(next + step);
                return step;
            }
            advance(end);
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (next == limit) {
            next = 0;
            limit = Math.max(0, rows.read(buffer, 0, buffer.length));
        }
        return limit > 0;
    }

    /** Behind the last byte in the buffer that belongs to the turn for certain; beyond the next one. */
    private int endOfTurn() {
        int full = TURN_BYTES - bytesOfTurn;
        if (full > 0) {
            return Math.min(limit, next + full);
        }
        int at = next;
        while (at < limit) {
            if (buffer[at++] == '\n') {
                break;
            }
        }
        return at;
    }

    private void advance(int to) {
        bytesOfTurn += to - next;
        next = to;
        if (bytesOfTurn > TURN_BYTES && buffer[to - 1] == '\n') {
            bytesOfTurn = 0;
            turn = (turn + 1) % parts;
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
