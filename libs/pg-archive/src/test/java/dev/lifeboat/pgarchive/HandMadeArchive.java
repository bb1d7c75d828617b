package dev.lifeboat.pgarchive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Writes archives byte by byte, for what pg_dump at hand does not write: other versions, and faults. */
final class HandMadeArchive {
    static final int OFFSET_NOT_SET = 1;
    static final int OFFSET_SET = 2;
    static final int OFFSET_NO_DATA = 3;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int minor;

    private HandMadeArchive(int minor) {
        this.minor = minor;
    }

    /** An archive with a header that announces so many entries; compression as the version writes it: a level or an algorithm. */
    static HandMadeArchive begin(int minor, int compression, int entries) {
        HandMadeArchive archive = new HandMadeArchive(minor);
        archive.bytes.writeBytes("PGDMP".getBytes(UTF_8));
        archive.raw(1, minor, 0, 4, 8, 1);
        if (minor >= 15) {
            archive.raw(compression);
        } else {
            archive.integer(compression);
        }
        for (int field : new int[] {30, 15, 2, 23, 10, 126, 0}) {
            archive.integer(field);
        }
        archive.string("app").string("15.18").string("15.18");
        return archive.integer(entries);
    }

    static HandMadeArchive gzip(int entries) {
        return begin(14, -1, entries);
    }

    static HandMadeArchive stored(int entries) {
        return begin(14, 0, entries);
    }

    HandMadeArchive tableData(int dumpId, String table, int offsetState, long offset) {
        return entry(dumpId, "TABLE DATA", table, "COPY public." + table + " (id) FROM stdin;\n", offsetState, offset);
    }

    HandMadeArchive entry(int dumpId, String kind, String name, String copy, int offsetState, long offset) {
        return entry(dumpId, kind, name, null, copy, offsetState, offset);
    }

    HandMadeArchive entry(
            int dumpId, String kind, String name, String definition, String copy, int offsetState, long offset) {
        integer(dumpId)
                .integer(offsetState == OFFSET_NO_DATA ? 0 : 1)
                .string("1259")
                .string("16384");
        string(name).string(kind).integer(3).string(definition).string(null).string(copy);
        string("public").string("").string(null);
        if (minor >= 16) {
            integer('r');
        }
        string("owner").string("false").string("7").string(null);
        return offset(offsetState, offset);
    }

    HandMadeArchive offset(int state, long offset) {
        raw(state);
        for (int shift = 0; shift < 64; shift += 8) {
            raw((int) (offset >>> shift) & 0xff);
        }
        return this;
    }

    /** A block of type 1. */
    HandMadeArchive tableBlock(int dumpId, byte[]... chunks) {
        raw(1).integer(dumpId);
        return chunks(chunks);
    }

    HandMadeArchive chunks(byte[]... chunks) {
        for (byte[] chunk : chunks) {
            integer(chunk.length);
            bytes.writeBytes(chunk);
        }
        return integer(0);
    }

    HandMadeArchive string(String value) {
        if (value == null) {
            return integer(-1);
        }
        byte[] encoded = value.getBytes(UTF_8);
        integer(encoded.length);
        bytes.writeBytes(encoded);
        return this;
    }

    HandMadeArchive integer(int value) {
        raw(value < 0 ? 1 : 0);
        long magnitude = Math.abs((long) value);
        for (int shift = 0; shift < 32; shift += 8) {
            raw((int) (magnitude >>> shift) & 0xff);
        }
        return this;
    }

    HandMadeArchive raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] deflated(String text) {
        Deflater deflater = new Deflater();
        deflater.setInput(text(text));
        deflater.finish();
        byte[] target = new byte[text.length() + 100];
        int length = deflater.deflate(target);
        deflater.end();
        return Arrays.copyOf(target, length);
    }
}
