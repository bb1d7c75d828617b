package dev.lifeboat.pgrestore;

import java.io.IOException;
import java.io.InputStream;

/**
 * One part of a table's rows, for whoever loads it alone: compressed rows can't be entered in the middle, so all are read, and those of
 * other parts left out. That costs less than what the server does with a row.
 */
final class PartInputStream extends InputStream {
    private final Turns turns;
    private final int part;
    private int next;
    private int limit;

    /** @param rows closed with this stream */
    PartInputStream(InputStream rows, int part, int parts) {
        this.turns = new Turns(rows, parts);
        this.part = part;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (next == limit && length > 0) {
            if (!turns.next()) {
                return -1;
            }
            next = 0;
            limit = turns.part() == part ? turns.length() : 0;
        }
        int step = Math.min(length, limit - next);
        turns.copy(next, target, offset, step);
        next += step;
        return step;
    }

    @Override
    public void close() throws IOException {
        turns.close();
    }
}
