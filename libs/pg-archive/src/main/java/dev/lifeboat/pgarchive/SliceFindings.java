package dev.lifeboat.pgarchive;

import java.util.List;

/**
 * What {@link ArchiveSlices#verify} found in one slice of an archive. Plain data: it is kept as JSON until all slices are there.
 *
 * @param start the byte that the slice begins at
 * @param end the byte that the reading came to
 * @param ending why it went no further
 * @param blocks the data blocks that were found, in their order; the last one's content may not have been read to its end
 * @param problems what kept the reading from going on; empty when nothing did
 * @param unsupported whether that problem is that this version can't read the archive
 */
public record SliceFindings(
        long start, long end, Ending ending, List<Block> blocks, List<String> problems, boolean unsupported) {
    /** Why the reading of a slice ended. */
    public enum Ending {
        /** A block begins here that is another slice's first. */
        NEXT_SLICE,
        /** All is read, to the archive's end. */
        ARCHIVE_END,
        /** Where the next block begins is not known. */
        FAULT,
        /** The reader was stopped. */
        STOPPED
    }

    /**
     * One data block.
     *
     * @param dumpId of the entry that it says it belongs to, which may not exist
     * @param offset the byte that it begins at
     * @param problems in the form of {@link ArchiveException}'s message
     * @param unsupported whether there are problems, and all are that this version can't read the block
     * @param rows of a table whose rows could be read to their end, else null
     * @param fingerprint of those rows, else null
     */
    public record Block(
            int dumpId, long offset, List<String> problems, boolean unsupported, Long rows, String fingerprint) {
        public Block {
            problems = List.copyOf(problems);
        }
    }

    public SliceFindings {
        blocks = List.copyOf(blocks);
        problems = List.copyOf(problems);
    }
}
