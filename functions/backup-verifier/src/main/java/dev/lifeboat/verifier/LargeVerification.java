package dev.lifeboat.verifier;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.aws.S3ByteSource;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.ArchiveSlices;
import dev.lifeboat.pgarchive.ChecksummedInputStream;
import dev.lifeboat.pgarchive.SliceFindings;
import dev.lifeboat.pgarchive.SlicedVerification;
import dev.lifeboat.verifier.Verification.TimeLeft;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Verifies a dump in slices that fit into a function's time: runs of data blocks, and groups of the manifest's parts. What the slices
 * find lies in the bucket until the verdict is made. Thread-safe.
 */
final class LargeVerification {
    private final S3Client s3;
    private final BackupCatalogue catalogue;
    private final ObjectCheck objects;
    private final Verification verification;
    private final Clock clock;
    private final long sliceBytes;
    private final int sliceBlocks;

    /**
     * @param sliceBytes about how many bytes one slice has, 1 or more
     * @param sliceBlocks how many data blocks one slice has at most, 1 or more
     */
    LargeVerification(
            S3Client s3,
            BackupCatalogue catalogue,
            ObjectCheck objects,
            Verification verification,
            Clock clock,
            long sliceBytes,
            int sliceBlocks) {
        this.s3 = s3;
        this.catalogue = catalogue;
        this.objects = objects;
        this.verification = verification;
        this.clock = clock;
        this.sliceBytes = sliceBytes;
        this.sliceBlocks = sliceBlocks;
    }

    SliceList plan(LargeRequest.Plan request, TimeLeft time) {
        CatalogueEntry entry = entry(request);
        BackupManifest manifest = entry.manifest();
        List<Long> starts = List.of();
        long partSize = BackupObject.PART_SIZE;
        long parts = 0;
        if (manifest != null) {
            partSize = manifest.dump().partSize();
            try (S3ByteSource source = source(manifest)) {
                parts = (source.length() + partSize - 1) / partSize;
                starts = starts(source, time);
            } catch (BackupUnusableException e) {
                // The conclusion finds the same, and says so.
            }
        }
        int inGroup = (int) Math.max(1, Math.min(ObjectCheck.MOST_PARTS, sliceBytes / partSize));
        int groups = parts > ObjectCheck.MOST_PARTS ? 0 : (int) ((parts + inGroup - 1) / inGroup);
        VerificationPlan plan =
                new VerificationPlan(1, entry.manifestVersionId(), clock.instant(), starts, inGroup, groups);
        catalogue.putReport(key(request, "plan"), plan);
        return new SliceList(IntStream.range(0, plan.slices()).boxed().toList());
    }

    private List<Long> starts(S3ByteSource source, TimeLeft time) {
        try {
            ArchiveSlices archive = ArchiveSlices.of(source);
            List<Long> blocks = archive.offsets().orElse(null);
            if (blocks == null) {
                blocks = scan(new TimedSource(source, time));
            }
            return divided(
                    ArchiveSlices.starts(archive.dataStart(), blocks, source.length(), sliceBytes),
                    blocks,
                    sliceBlocks);
        } catch (ArchiveException e) {
            return List.of();
        } catch (IOException e) {
            throw broken(source, e);
        }
    }

    /**
     * What a slice finds is kept as one small document, with some hundred bytes for each block: many small tables make slices of their own.
     *
     * @param starts of slices, ascending
     * @param blocks all that are known, ascending
     * @param most blocks in a slice
     */
    static List<Long> divided(List<Long> starts, List<Long> blocks, int most) {
        SortedSet<Long> all = new TreeSet<>(starts);
        int inSlice = 1; // the first slice begins with one, which may not be among them
        for (Long block : blocks) {
            inSlice = all.contains(block) ? 1 : inSlice + 1;
            if (inSlice > most) {
                all.add(block);
                inSlice = 1;
            }
        }
        return List.copyOf(all);
    }

    /** As far as the time suffices: what lies behind is the last slice's, which then runs out of time, too. */
    private static List<Long> scan(TimedSource source) throws IOException {
        List<Long> blocks = new ArrayList<>();
        try {
            ArchiveSlices archive = ArchiveSlices.of(source);
            archive.scan(archive.dataStart(), blocks::add);
        } catch (OutOfTimeException e) {
            return blocks;
        }
        return blocks;
    }

    void verifySlice(LargeRequest.VerifySlice request, TimeLeft time) {
        VerificationPlan plan = plan(request);
        BackupManifest manifest = planned(request, plan).manifest();
        int archiveSlices = plan.starts().size();
        if (manifest == null || request.slice() >= plan.slices()) {
            throw new InvalidInputException(
                    "Field 'slice' is " + request.slice() + ", expected a number below " + plan.slices() + ".",
                    "Take the numbers that plan-verification gave.");
        }
        try (S3ByteSource source = source(manifest)) {
            TimedSource timed = new TimedSource(source, time);
            SliceResult result = request.slice() < archiveSlices
                    ? new SliceResult(data(timed, plan.starts(), request.slice()), null)
                    : new SliceResult(null, parts(timed, manifest.dump(), plan, request.slice() - archiveSlices));
            catalogue.putReport(key(request, String.valueOf(request.slice())), result);
        }
    }

    private static SliceFindings data(TimedSource source, List<Long> starts, int slice) {
        List<SliceFindings> found = new ArrayList<>();
        try {
            ArchiveSlices.of(source).verify(starts.get(slice), new HashSet<>(starts), found::add);
        } catch (OutOfTimeException e) {
            if (found.isEmpty()) {
                throw tooSlow(source, e);
            }
        } catch (IOException e) {
            throw broken(source, e);
        }
        return found.get(0);
    }

    private static List<String> parts(TimedSource source, BackupObject dump, VerificationPlan plan, int group) {
        try {
            long groupBytes = dump.partSize() * plan.partsInGroup();
            long from = group * groupBytes;
            long length = Math.min(groupBytes, source.length() - from);
            try (InputStream bytes = source.open(from, length);
                    ChecksummedInputStream checked = new ChecksummedInputStream(bytes, dump.partSize())) {
                checked.transferTo(OutputStream.nullOutputStream());
                return checked.partSha256();
            }
        } catch (OutOfTimeException e) {
            throw tooSlow(source, e);
        } catch (IOException e) {
            throw broken(source, e);
        }
    }

    Verdict conclude(CatalogueEntry entry, LargeRequest.Conclude request) {
        VerificationPlan plan = plan(request);
        requireSame(entry, plan);
        return verification.verify(
                entry,
                request.compareWithPrevious(),
                plan.plannedAt(),
                (manifest, findings) -> checkDump(request, plan, manifest, findings));
    }

    private void checkDump(
            LargeRequest.Conclude request, VerificationPlan plan, BackupManifest manifest, Findings findings) {
        objects.check("The dump", manifest.dump(), findings, source -> {
            List<SliceResult> results = IntStream.range(0, plan.slices())
                    .mapToObj(slice -> read(request, String.valueOf(slice), SliceResult.class))
                    .toList();
            List<String> parts = results.stream()
                    .filter(result -> result.partSha256() != null)
                    .flatMap(result -> result.partSha256().stream())
                    .toList();
            List<SliceFindings> data = results.stream()
                    .map(SliceResult::data)
                    .filter(Objects::nonNull)
                    .toList();
            long length = source.length();
            boolean same =
                    ObjectCheck.compareParts("The dump " + source.name(), manifest.dump(), parts, length, findings);
            findings.dump(length, same ? manifest.dump().sha256() : null);
            SlicedVerification sliced = ArchiveSlices.combine(source, data);
            Verification.report(sliced.found(), manifest, findings);
            sliced.unread().forEach(unread -> findings.unverifiable(unread + " It is too large for one function."));
            return new ObjectCheck.Result(length, findings.sha256());
        });
    }

    /** As it lies in the bucket now. */
    CatalogueEntry entry(LargeRequest request) {
        return catalogue
                .entry(request.manifestKey())
                .orElseThrow(() -> new InvalidInputException(
                        "There is no manifest " + request.manifestKey() + " in bucket " + catalogue.bucket() + ".",
                        "It was deleted: there is nothing left to verify."));
    }

    private CatalogueEntry planned(LargeRequest request, VerificationPlan plan) {
        CatalogueEntry entry = entry(request);
        requireSame(entry, plan);
        return entry;
    }

    private static void requireSame(CatalogueEntry entry, VerificationPlan plan) {
        if (!Objects.equals(entry.manifestVersionId(), plan.manifestVersionId())) {
            throw new InvalidInputException(
                    "The manifest " + entry.manifestKey() + " has version " + entry.manifestVersionId() + ", expected "
                            + plan.manifestVersionId() + " as planned.",
                    "Nothing is left to do: its own arrival has the new one verified.");
        }
    }

    private VerificationPlan plan(LargeRequest request) {
        return read(request, "plan", VerificationPlan.class);
    }

    private <T> T read(LargeRequest request, String file, Class<T> type) {
        String key = key(request, file);
        return catalogue
                .report(key, type)
                .orElseThrow(() -> new InvalidInputException(
                        "There is no " + key + " in bucket " + catalogue.bucket() + ".",
                        "Start the machine again: its steps ran in another order than it says."));
    }

    private static String key(LargeRequest request, String file) {
        return BucketLayout.verification(BucketLayout.backupId(request.manifestKey()), request.run(), file + ".json");
    }

    private S3ByteSource source(BackupManifest manifest) {
        return new S3ByteSource(
                s3, catalogue.bucket(), manifest.dump().key(), manifest.dump().versionId());
    }

    private static StorageUnavailableException broken(dev.lifeboat.pgarchive.ByteSource source, IOException e) {
        return new StorageUnavailableException(
                "Cannot read " + source.name() + ": " + e.getMessage() + ".", "It is tried again.", e);
    }

    private static StorageUnavailableException tooSlow(TimedSource source, OutOfTimeException e) {
        return new StorageUnavailableException(
                "S3 gave too little of " + source.name() + " in the function's time.", "It is tried again.", e);
    }
}
