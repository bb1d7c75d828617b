package dev.lifeboat.pgarchive;

import java.io.IOException;

/**
 * The head of a data block (_readBlockHeader of pg_backup_custom.c). Behind it come, for a table, its chunks; for large
 * objects, an OID and chunks for each, and OID 0 at the end.
 *
 * @param type what it holds
 * @param dumpId of the entry that it belongs to
 * @param offset the byte at which the block begins
 */
record DataBlock(Type type, int dumpId, long offset) {
    /** Of the type and the dump id. */
    static final int HEAD_BYTES = 1 + 1 + ArchiveInput.INT_BYTES;

    private static final int TABLE_TYPE = 1;
    private static final int LARGE_OBJECTS_TYPE = 3;

    /** What a block holds (BLK_… of pg_backup_archiver.h). */
    enum Type {
        TABLE,
        LARGE_OBJECTS;

        static Type of(TocEntry entry) {
            return entry.isLargeObjects() ? LARGE_OBJECTS : TABLE;
        }
    }

    /**
     * The next block's head, or null at the end of the data: that is the archive's, or a copy of the table of contents follows,
     * which is read then.
     */
    static DataBlock readOrEnd(ArchiveInput in, TableOfContents toc) throws IOException {
        in.enter("data block's head");
        long offset = in.position();
        int type = in.readOrEnd();
        if (type == TocCopy.FIRST_BYTE) {
            TocCopy.read(in, toc);
            return null;
        }
        return type < 0 ? null : read(in, type, offset);
    }

    private static DataBlock read(ArchiveInput in, int type, long offset) throws IOException {
        if (type != TABLE_TYPE && type != LARGE_OBJECTS_TYPE) {
            throw in.corrupt("block type is " + type + ", expected " + TABLE_TYPE + " (table data), "
                    + LARGE_OBJECTS_TYPE + " (large objects) or the end of the archive.");
        }
        int dumpId = in.readInt("block's dump id", 1, Integer.MAX_VALUE);
        return new DataBlock(type == TABLE_TYPE ? Type.TABLE : Type.LARGE_OBJECTS, dumpId, offset);
    }

    /** Reads the head of the block that should belong to {@code entry}. */
    static void require(TocEntry entry, ArchiveInput in) throws IOException {
        in.enter("data block's head");
        long offset = in.position();
        int type = in.readOrEnd();
        if (type < 0) {
            in.enter(entry.label());
            throw in.truncated("its data block's head");
        }
        DataBlock block = read(in, type, offset);
        in.enter(entry.label());
        if (block.dumpId != entry.dumpId() || block.type != Type.of(entry)) {
            throw in.corrupt("its data block is of dump id " + block.dumpId + " and type " + block.type + ", expected "
                    + entry.dumpId() + " and " + Type.of(entry) + ".");
        }
    }

    /** Goes to the block's end without decompressing anything. */
    void skipContent(ArchiveInput in) throws IOException {
        ChunkInputStream chunks = new ChunkInputStream(in);
        if (type == Type.TABLE) {
            chunks.skipToEnd();
            return;
        }
        while (BlockLargeObjects.readOid(in) != 0) {
            chunks.restart();
            chunks.skipToEnd();
        }
    }
}
