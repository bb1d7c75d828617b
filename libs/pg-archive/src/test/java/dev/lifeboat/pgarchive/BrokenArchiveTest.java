package dev.lifeboat.pgarchive;

import static dev.lifeboat.pgarchive.HandMadeArchive.OFFSET_NOT_SET;
import static dev.lifeboat.pgarchive.HandMadeArchive.OFFSET_NO_DATA;
import static dev.lifeboat.pgarchive.HandMadeArchive.OFFSET_SET;
import static dev.lifeboat.pgarchive.HandMadeArchive.deflated;
import static dev.lifeboat.pgarchive.HandMadeArchive.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgarchive.ArchiveException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives with one fault each: what is said of it, and how reading goes on. */
class BrokenArchiveTest {
    private static final String ROWS = "1\n2\n\\.\n\n\n";
    private static final String DAMAGED =
            " HINT: Use another backup. If its SHA-256 is not the manifest's it was damaged in storage, else in pg_dump's output.";
    private static final String CUT_OFF =
            " HINT: The dump or its upload was interrupted: use another backup and make a new one.";

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16})
    void readsEveryVersionOfTheFormat(int minor) throws IOException {
        byte[] archive = HandMadeArchive.begin(minor, 1, 1)
                .tableData(5, "t", OFFSET_NOT_SET, 0)
                .tableBlock(5, deflated(ROWS))
                .toBytes();
        ArchiveVerification verification = verify(archive);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.header().formatVersion()).isEqualTo("1." + minor);
        assertThat(verification.header().createdAt()).isEqualTo("2026-11-23T02:15:30Z");
        TableContent table = verification.tables().get(0);
        assertThat(table.rows()).isEqualTo(2);
        assertThat(table.fingerprint()).isEqualTo(ReferenceFingerprint.of(List.of(text("1"), text("2"))));
        TocEntry entry = table.entry();
        assertThat(entry.relationKind()).isEqualTo(minor == 16 ? 'r' : 0);
        assertThat(entry.dependencies()).containsExactly(7);
        assertThat(entry.section()).isEqualTo(Section.DATA);
        assertThat(entry.definition()).isNull();
        assertThat(entry.tablespace()).isEmpty();
        assertThat(entry.label()).isEqualTo("entry 5 TABLE DATA public.t");
        assertThat(read(archive)).isEqualTo("1\n2\n");
    }

    @Test
    void rowsMayBeCutIntoChunksAnywhere() throws IOException {
        for (boolean compressed : new boolean[] {false, true}) {
            byte[] content = compressed ? deflated(ROWS) : text(ROWS);
            for (int size = 1; size <= content.length; size++) {
                HandMadeArchive archive = (compressed ? HandMadeArchive.gzip(1) : HandMadeArchive.stored(1))
                        .tableData(5, "t", OFFSET_NOT_SET, 0);
                byte[] bytes = archive.tableBlock(5, pieces(content, size)).toBytes();
                assertThat(verify(bytes).problems()).isEmpty();
                assertThat(read(bytes)).isEqualTo("1\n2\n");
            }
        }
    }

    private static byte[][] pieces(byte[] content, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < content.length; at += size) {
            pieces.add(Arrays.copyOfRange(content, at, Math.min(content.length, at + size)));
        }
        return pieces.toArray(new byte[0][]);
    }

    @Test
    void anotherKindOfFileIsNoArchive() throws IOException {
        assertThat(onlyProblem(text("--\n-- PostgreSQL database dump\n")))
                .isEqualTo(
                        "Archive 'test.dump' is corrupt at byte 1 (header): it does not begin with 'PGDMP', as every archive"
                                + " of pg_dump's custom format does: it is another kind of file, or damaged."
                                + DAMAGED);
        assertThat(onlyProblem(new byte[0]))
                .isEqualTo("Archive 'test.dump' is truncated at byte 0 (header): it ends within the magic word 'PGDMP'."
                        + CUT_OFF);
    }

    @Test
    void anotherVersionIsUnsupportedAndNotCorrupt() throws IOException {
        ArchiveVerification verification =
                verify(HandMadeArchive.begin(17, 1, 0).toBytes());
        assertThat(verification.unsupported()).isTrue();
        assertThat(verification.header()).isNull();
        assertThat(verification.problems())
                .containsExactly(
                        "Archive 'test.dump' can't be read by this version at byte 8 (header): its format version is"
                                + " 1.17, expected 1.14 to 1.16. HINT: Dump with pg_dump of PostgreSQL 12 to 18, or upgrade Lifeboat.");
    }

    @Test
    void contentThatIsNotWhatItsCompressionSaysIsBroken() throws IOException {
        assertBrokenContent(2, "it does not begin with the magic number of an LZ4 frame.");
        assertBrokenContent(3, "its Zstandard frame is broken: Invalid magic prefix");
    }

    @Test
    void aWindowThatIsTooLargeToBeReadIsNoDamage() throws IOException {
        byte[] frame = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) (17 << 3), 1, 0, 0};
        byte[] archive = HandMadeArchive.begin(15, 3, 1)
                .tableData(5, "t", OFFSET_NOT_SET, 0)
                .tableBlock(5, frame)
                .toBytes();

        ArchiveVerification verification = verify(archive);

        assertThat(verification.unsupported()).isTrue();
        assertThat(verification.problems())
                .singleElement()
                .asString()
                .contains(
                        "its Zstandard data want a window of 134217728 bytes, expected at most 8388608. HINT: Dump with");
    }

    private static void assertBrokenContent(int algorithm, String problem) throws IOException {
        byte[] archive = HandMadeArchive.begin(15, algorithm, 1)
                .tableData(5, "t", OFFSET_NOT_SET, 0)
                .tableBlock(5, new byte[10])
                .toBytes();
        ArchiveVerification verification = verify(archive);
        assertThat(verification.problems()).singleElement().asString().contains(problem);
        assertThat(verification.bytesRead()).isEqualTo(archive.length);
        assertThatThrownBy(() -> read(archive))
                .isInstanceOf(ArchiveException.class)
                .extracting(e -> ((ArchiveException) e).kind())
                .isEqualTo(Kind.CORRUPT);
    }

    @Test
    void faultsWithinTheContentAreNamedAndTheNextTableIsStillRead() throws IOException {
        byte[] zlib = deflated(ROWS);
        byte[] wrongSum = zlib.clone();
        wrongSum[zlib.length - 1] ^= 1;
        assertContentProblem(true, wrongSum, "its zlib stream is broken: incorrect data check.");
        assertContentProblem(
                true, Arrays.copyOf(zlib, zlib.length - 1), "its zlib stream does not end before its data do.");
        assertContentProblem(true, Arrays.copyOf(zlib, zlib.length + 1), "bytes follow the end of its zlib stream.");
        assertContentProblem(true, new byte[0], "its zlib stream does not end before its data do.");
        String noEnd = "its rows end without the line '\\.' that pg_dump ends them with.";
        assertContentProblem(true, deflated("1\n2\n"), noEnd);
        assertContentProblem(false, text("1\n2\n"), noEnd);
        assertContentProblem(false, text("1\n2\\.\n"), noEnd);
        assertContentProblem(false, text("1\n\\."), noEnd);
        assertContentProblem(false, new byte[0], noEnd);
        String behind = "something follows the line '\\.' that ends its rows.";
        assertContentProblem(false, text("1\n\\.\n2\n\\.\n\n\n"), behind);
        assertContentProblem(false, text(ROWS + " ".repeat(100)), behind);
    }

    private static void assertContentProblem(boolean gzip, byte[] content, String what) throws IOException {
        byte[][] chunks = content.length == 0 ? new byte[0][] : new byte[][] {content};
        byte[] archive = (gzip ? HandMadeArchive.gzip(2) : HandMadeArchive.stored(2))
                .tableData(5, "broken", OFFSET_NOT_SET, 0)
                .tableData(6, "whole", OFFSET_NOT_SET, 0)
                .tableBlock(5, chunks)
                .tableBlock(6, gzip ? deflated(ROWS) : text(ROWS))
                .toBytes();
        ArchiveVerification verification = verify(archive);
        assertThat(verification.problems())
                .singleElement()
                .asString()
                .startsWith("Archive 'test.dump' is corrupt at byte ")
                .endsWith(" (entry 5 TABLE DATA public.broken): " + what + DAMAGED);
        assertThat(verification.tables())
                .extracting(table -> table.entry().name())
                .containsExactly("whole");
        assertThatThrownBy(() -> read(archive))
                .isInstanceOf(ArchiveException.class)
                .hasMessageEndingWith(what + DAMAGED);
    }

    @Test
    void blocksThatDoNotBelongAreNamed() throws IOException {
        HandMadeArchive archive = HandMadeArchive.stored(4)
                .tableData(5, "t", OFFSET_NOT_SET, 0)
                .tableData(6, "missing", OFFSET_NOT_SET, 0)
                .tableData(7, "mistyped", OFFSET_NOT_SET, 0)
                .entry(8, "TABLE", "t", null, OFFSET_NO_DATA, 0);
        int second = archive.tableBlock(5, text(ROWS)).size();
        archive.tableBlock(5, text(ROWS));
        int foreign = archive.size();
        archive.tableBlock(8, text(ROWS)).tableBlock(99, text(ROWS));
        archive.raw(3).integer(7).integer(3000).chunks(text("large")).integer(0);
        List<String> problems = verify(archive.toBytes()).problems();
        assertThat(problems)
                .extracting(BrokenArchiveTest::withoutPlace)
                .containsExactly(
                        "entry 5 TABLE DATA public.t): the data block at byte " + second + " is its second one."
                                + DAMAGED,
                        "entry 8 TABLE public.t): the data block at byte " + foreign
                                + " is not its own: it has no data." + DAMAGED,
                        "data block's head): no entry has the block's dump id, 99." + DAMAGED,
                        "entry 7 TABLE DATA public.mistyped): its data block is of type LARGE_OBJECTS, expected TABLE."
                                + DAMAGED,
                        "entry 6 TABLE DATA public.missing): it ends within the data blocks: there is none for this entry."
                                + CUT_OFF);
    }

    private static String withoutPlace(String problem) {
        return problem.substring(problem.indexOf('(') + 1);
    }

    @Test
    void anOffsetThatIsNotWhereTheBlockIsIsNamed() throws IOException {
        HandMadeArchive head = HandMadeArchive.stored(1).tableData(5, "t", OFFSET_SET, 0);
        int start = head.size();
        byte[] archive = HandMadeArchive.stored(1)
                .tableData(5, "t", OFFSET_SET, start + 1)
                .tableBlock(5, text(ROWS))
                .toBytes();
        assertThat(onlyProblem(archive))
                .isEqualTo("Archive 'test.dump' is corrupt at byte " + (start + 6)
                        + " (entry 5 TABLE DATA public.t): its data block begins at byte " + start
                        + ", but the table of contents says " + (start + 1) + "." + DAMAGED);
        assertThatThrownBy(() -> read(archive)).isInstanceOf(ArchiveException.class);
    }

    @Test
    void anOffsetBeforeTheDataOrBehindTheEndIsRefused() {
        int start = HandMadeArchive.stored(1).tableData(5, "t", OFFSET_SET, 0).size();
        String hint = " HINT: Use another backup: this one's table of contents and data do not belong together.";
        assertThatThrownBy(() -> read(withOffset(3)))
                .hasMessage(
                        "Archive 'test.dump' is corrupt at byte 3 (entry 5 TABLE DATA public.t): its data begins at byte 3,"
                                + " expected a byte of its own, from " + start + " on." + hint);
        assertThatThrownBy(() -> read(withOffset(1L << 60)))
                .hasMessage("Archive 'test.dump' is truncated at byte " + withOffset(0).length
                        + " (entry 5 TABLE DATA public.t): its data begins at byte 1152921504606846976, but the archive has "
                        + withOffset(0).length + " bytes." + hint);
    }

    private static byte[] withOffset(long offset) {
        return HandMadeArchive.stored(1)
                .tableData(5, "t", OFFSET_SET, offset)
                .tableBlock(5, text(ROWS))
                .toBytes();
    }

    @Test
    void theScanOfAnArchiveWithoutOffsetsRefusesBlocksThatDoNotBelong() {
        int start = emptyTable().size();
        assertThatThrownBy(() -> read(emptyTable().tableBlock(6, text(ROWS)).toBytes()))
                .hasMessage("Archive 'test.dump' is corrupt at byte " + (start + 6)
                        + " (data block's head): the block at byte " + start
                        + " is of dump id 6 and type TABLE, expected an entry that has such data." + DAMAGED);
        int second = emptyTable().tableBlock(5, text(ROWS)).size();
        byte[] twice =
                emptyTable().tableBlock(5, text(ROWS)).tableBlock(5, text(ROWS)).toBytes();
        assertThatThrownBy(() -> read(twice))
                .hasMessage("Archive 'test.dump' is corrupt at byte " + twice.length
                        + " (entry 5 TABLE DATA public.t): it has a second data block at byte " + second + "."
                        + DAMAGED);
        assertThatThrownBy(() -> read(emptyTable().toBytes()))
                .hasMessage("Archive 'test.dump' is truncated at byte " + start
                        + " (entry 5 TABLE DATA public.t): it ends within the data blocks: there is none for this entry."
                        + CUT_OFF);
    }

    private static HandMadeArchive emptyTable() {
        return HandMadeArchive.stored(1).tableData(5, "t", OFFSET_NOT_SET, 0);
    }

    @Test
    void anEntryOfAnotherKindOrArchiveIsAMistakeOfTheCaller() throws IOException {
        byte[] one = emptyTable().tableBlock(5, text(ROWS)).toBytes();
        byte[] other = HandMadeArchive.stored(1)
                .entry(6, "TABLE", "t", null, OFFSET_NO_DATA, 0)
                .toBytes();
        try (PgArchive archive = PgArchive.open(new BytesSource(one));
                PgArchive stranger = PgArchive.open(new BytesSource(other))) {
            TocEntry rows = archive.entry(5).orElseThrow();
            TocEntry table = stranger.entry(6).orElseThrow();
            assertThat(archive.entry(6)).isEmpty();
            assertThat(stranger.compressedSize(table)).isZero();
            assertThatThrownBy(() -> stranger.openData(rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("entry 5 TABLE DATA public.t is not of archive 'test.dump'");
            assertThatThrownBy(() -> stranger.openData(table))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("entry 6 TABLE public.t holds no rows");
            assertThatThrownBy(() -> archive.openLargeObjects(rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("entry 5 TABLE DATA public.t holds no large objects");
        }
    }

    @Test
    void lengthsAreCheckedBeforeTheyAreUsed() throws IOException {
        HandMadeArchive head = HandMadeArchive.stored(1).tableData(5, "t", OFFSET_NOT_SET, 0);
        byte[] hugeChunk = head.raw(1).integer(5).integer(Integer.MAX_VALUE).toBytes();
        assertThat(verify(hugeChunk).problems().get(0))
                .isEqualTo("Archive 'test.dump' is corrupt at byte " + hugeChunk.length
                        + " (entry 5 TABLE DATA public.t): chunk length is 2147483647, expected 0 to 1073741824."
                        + DAMAGED);
        byte[] hugeString =
                HandMadeArchive.stored(1).integer(5).integer(1).integer(1 << 30).toBytes();
        assertThat(onlyProblem(hugeString))
                .isEqualTo("Archive 'test.dump' is corrupt at byte " + hugeString.length
                        + " (table of contents, entry 1 of 1): length of catalog OID is 1073741824, expected -1 to 33554432."
                        + DAMAGED);
        byte[] longString =
                HandMadeArchive.stored(1).integer(5).integer(1).integer(1 << 20).toBytes();
        assertThatThrownBy(() -> PgArchive.open(new BytesSource(longString)))
                .hasMessage("Archive 'test.dump' is truncated at byte " + longString.length
                        + " (table of contents, entry 1 of 1): catalog OID takes 1048576 bytes, but only 0 are left before byte "
                        + longString.length + "." + CUT_OFF);
        byte[] negativeCount = HandMadeArchive.stored(-1).toBytes();
        assertThat(onlyProblem(negativeCount)).contains("entry count is -1, expected 0 to 10000000.");
    }

    @Test
    void aDumpIdThatIsTakenTwiceIsRefused() throws IOException {
        HandMadeArchive archive =
                HandMadeArchive.stored(2).tableData(5, "t", OFFSET_NOT_SET, 0).tableData(5, "u", OFFSET_NOT_SET, 0);
        assertThat(onlyProblem(archive.toBytes()))
                .isEqualTo("Archive 'test.dump' is corrupt at byte " + archive.size()
                        + " (table of contents, entry 2 of 2): dump id 5 is taken already, by entry 5 TABLE DATA public.t."
                        + DAMAGED);
    }

    @Test
    void anEncodingThatIsNotKnownIsUnsupported() throws IOException {
        byte[] archive = HandMadeArchive.stored(1)
                .entry(1, "ENCODING", "ENCODING", "SET client_encoding = 'MULE_INTERNAL';\n", null, OFFSET_NO_DATA, 0)
                .toBytes();
        ArchiveVerification verification = verify(archive);
        assertThat(verification.unsupported()).isTrue();
        assertThat(onlyProblem(archive))
                .endsWith("its encoding is 'MULE_INTERNAL', which this library does not know."
                        + " HINT: Dump with pg_dump --encoding=UTF8.");
    }

    @Test
    void namesInMessagesAreOneLineOfBoundedLength() throws IOException {
        byte[] archive = HandMadeArchive.stored(1)
                .tableData(5, "a\nb" + "x".repeat(100_000), OFFSET_NOT_SET, 0)
                .toBytes();
        assertThat(onlyProblem(archive))
                .contains("entry 5 TABLE DATA public.a?bxxx")
                .hasSizeLessThan(500);
    }

    @Test
    void manyProblemsAreListedUpToABound() throws IOException {
        HandMadeArchive archive = HandMadeArchive.stored(0);
        for (int i = 1; i <= 150; i++) {
            archive.tableBlock(i, text(ROWS));
        }
        List<String> problems = verify(archive.toBytes()).problems();
        assertThat(problems).hasSize(101);
        assertThat(problems.get(100)).isEqualTo("… and 50 further problems.");
    }

    @Test
    void largeObjectsAreComparedWithTheirEntriesAndReadOnBehindABrokenOne() throws IOException {
        byte[] broken = deflated("broken");
        broken[broken.length - 1] ^= 1;
        HandMadeArchive archive = HandMadeArchive.gzip(2)
                .entry(4, "BLOB", "16384", null, OFFSET_NO_DATA, 0)
                .entry(5, "BLOBS", "BLOBS", null, OFFSET_NOT_SET, 0);
        archive.raw(3)
                .integer(5)
                .integer(3000)
                .chunks(broken)
                .integer(-7)
                .chunks(deflated("whole"))
                .integer(0);
        assertThat(verify(archive.toBytes()).problems())
                .extracting(BrokenArchiveTest::withoutPlace)
                .containsExactly(
                        "entry 5 BLOBS public.BLOBS): large object 3000 has no entry of its own, or a second content."
                                + DAMAGED,
                        "entry 5 BLOBS public.BLOBS): its zlib stream is broken: incorrect data check." + DAMAGED,
                        "entry 5 BLOBS public.BLOBS): large object 4294967289 has no entry of its own, or a second content."
                                + DAMAGED,
                        "entry 5 BLOBS public.BLOBS): large object 16384 is listed, but has no content." + DAMAGED);
    }

    @Test
    void theSourceIsClosedWhenOpeningFails() {
        BytesSource source = new BytesSource(text("no archive"));
        assertThatThrownBy(() -> PgArchive.open(source)).isInstanceOf(ArchiveException.class);
        assertThat(source.closed()).isTrue();
        assertThat(source.openStreams()).isZero();
    }

    @Test
    void aFailureOfTheStreamIsNoProblemOfTheArchive() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> ArchiveVerifier.verify("test.dump", failing, ArchiveVerifier.Observer.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    void theObserverHearsOfEveryBlock() throws IOException {
        byte[] archive = HandMadeArchive.stored(2)
                .tableData(5, "t", OFFSET_NOT_SET, 0)
                .tableData(6, "u", OFFSET_NOT_SET, 0)
                .tableBlock(5, text(ROWS))
                .tableBlock(6, text(ROWS))
                .toBytes();
        List<String> heard = new ArrayList<>();
        ArchiveVerifier.verify(
                "test.dump", new ByteArrayInputStream(archive), (bytes, entry) -> heard.add(entry.name()));
        assertThat(heard).containsExactly("t", "u");
    }

    private static String onlyProblem(byte[] archive) throws IOException {
        ArchiveVerification verification = verify(archive);
        assertThat(verification.sound()).isFalse();
        assertThat(verification.problems()).hasSize(1);
        return verification.problems().get(0);
    }

    private static ArchiveVerification verify(byte[] archive) throws IOException {
        return ArchiveVerifier.verify("test.dump", new ByteArrayInputStream(archive), ArchiveVerifier.Observer.NONE);
    }

    /** The rows of the first entry. */
    private static String read(byte[] archive) throws IOException {
        try (PgArchive opened = PgArchive.open(new BytesSource(archive));
                InputStream rows = opened.openData(opened.entries().get(0))) {
            return new String(rows.readAllBytes(), UTF_8);
        }
    }
}
