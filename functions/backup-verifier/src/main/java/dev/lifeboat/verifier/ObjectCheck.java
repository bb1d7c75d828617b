package dev.lifeboat.verifier;

import dev.lifeboat.aws.S3ByteSource;
import dev.lifeboat.aws.S3Faults;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.pgarchive.ByteSource;
import dev.lifeboat.pgarchive.ChecksummedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Reads one object of a backup once, whatever for, and compares its size and its checksums with the manifest's. Thread-safe.
 */
final class ObjectCheck {
    /** What is made of an object's bytes while they stream by; reads them to their end, and may read the source as well. */
    interface Reader {
        void read(ByteSource source, InputStream bytes) throws IOException;
    }

    /** What was read. */
    record Result(long size, String sha256) {}

    /** Reads and forgets: the checksums are all that is wanted. */
    static final Reader CHECKSUMS_ALONE = (source, bytes) -> bytes.transferTo(OutputStream.nullOutputStream());

    // Parts of 64 MiB make 16 for a GiB; what has more than this would fill memory with checksums.
    static final long MOST_PARTS = 100_000;

    private final S3Client s3;
    private final String bucket;

    ObjectCheck(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * @param what names the object in a finding: {@code "The dump"}
     * @return null when it could not be read to its end
     * @throws StorageUnavailableException when S3 does not answer, which says nothing about the backup
     */
    Result check(String what, BackupObject expected, Reader reader, Findings findings) {
        return check(what, expected, findings, source -> read(what, expected, source, reader, findings));
    }

    /** What is made of an object that is there and has parts that can be counted. */
    interface Look {
        Result at(S3ByteSource source) throws IOException;
    }

    /** As above, where more than one look at the object's bytes is taken. */
    Result check(String what, BackupObject expected, Findings findings, Look look) {
        try (S3ByteSource source = new S3ByteSource(s3, bucket, expected.key(), expected.versionId())) {
            long length = source.length();
            if (length != expected.size()) {
                findings.corrupt(
                        what + " " + source.name() + " has " + length + " bytes, expected " + expected.size() + ".");
            }
            if (length / expected.partSize() > MOST_PARTS) {
                findings.corrupt(what + " " + source.name() + " has parts of " + expected.partSize()
                        + " bytes, expected " + BackupObject.PART_SIZE + ".");
                return null;
            }
            return look.at(source);
        } catch (BackupUnusableException e) {
            unusable(e, findings);
            return null;
        } catch (IOException e) {
            // Storage that fails is thrown unchecked; this is the stream's own, such as being closed.
            throw new StorageUnavailableException(
                    "Cannot read " + expected.key() + ": " + e.getMessage() + ".", "It is tried again.", e);
        }
    }

    private static Result read(
            String what, BackupObject expected, S3ByteSource source, Reader reader, Findings findings)
            throws IOException {
        try (ChecksummedInputStream bytes =
                new ChecksummedInputStream(source.open(0, source.length()), expected.partSize())) {
            reader.read(source, bytes);
            compare(what + " " + source.name(), expected, bytes, findings);
            return new Result(bytes.count(), bytes.sha256());
        }
    }

    private static void compare(String object, BackupObject expected, ChecksummedInputStream bytes, Findings findings) {
        if (bytes.sha256().equals(expected.sha256())) {
            return;
        }
        findings.corrupt(object + " has the SHA-256 " + bytes.sha256() + ", expected " + expected.sha256() + "."
                + firstBadPart(expected, bytes.partSha256(), bytes.count()));
    }

    /** Compares the checksums of an object's parts, taken one by one: those of all together cannot be had then. */
    static boolean compareParts(
            String object, BackupObject expected, List<String> parts, long length, Findings findings) {
        boolean same = parts.equals(expected.parts()) || (length == 0 && expected.size() == 0);
        if (!same) {
            findings.corrupt(object + " does not have the SHA-256 " + expected.sha256() + " that is expected."
                    + firstBadPart(expected, parts, length));
        }
        return same;
    }

    private static String firstBadPart(BackupObject expected, List<String> found, long length) {
        int common = Math.min(found.size(), expected.parts().size());
        for (int i = 0; i < common; i++) {
            if (!found.get(i).equals(expected.parts().get(i))) {
                long from = i * expected.partSize();
                long to = Math.min(from + expected.partSize(), length) - 1;
                return " The first bad part is number " + (i + 1) + " of "
                        + expected.parts().size() + ", bytes " + from + " to " + to + ".";
            }
        }
        return found.size() == expected.parts().size()
                ? " Every part is as expected: the manifest contradicts itself."
                : " The first " + common + " parts are as expected, " + found.size() + " were found, "
                        + expected.parts().size() + " expected.";
    }

    private static void unusable(BackupUnusableException e, Findings findings) {
        if (e.getCause() instanceof SdkException fault && S3Faults.isMissing(fault)) {
            findings.corrupt(e.getMessage());
        } else {
            findings.unverifiable(e.getMessage());
        }
    }
}
