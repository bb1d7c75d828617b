package dev.lifeboat.aws;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.LeaseHeldException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.contract.recovery.HeldLease;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * One recovery at a time for a target. A lease is an object that is created by {@code If-None-Match: *}, then only ever
 * overwritten by {@code If-Match}, and never deleted, so that its token can only grow. It has no term: an owner loses
 * it when its execution has ended, not when a clock says so. An execution that it starts acts under its token and
 * ({@link Lease#heir()}) is the only one that does. Thread-safe.
 *
 * <p>Holding it is no proof that the holder still runs, so the token goes with every destructive act to where it acts.
 * Follows "Conditional requests" of the Amazon S3 user guide.
 *
 * <p>Every method throws {@link StorageUnavailableException} when S3 does not answer.
 */
public final class LeaseStore {
    // Each turn that is lost means that another one was won, so this many losses in a row mean something else.
    private static final int TURNS = 10;
    private static final int MAX_BYTES = 64 << 10;

    /** Tells whether an owner can still act. */
    @FunctionalInterface
    public interface Owners {
        /**
         * @param execution the ARN of a state machine's execution
         * @return whether it has ended, or is not known any more
         */
        boolean isClosed(String execution);
    }

    private record Stored(Lease lease, String etag) {}

    private final S3Client s3;
    private final String bucket;
    private final Owners owners;
    private final Clock clock;

    /**
     * @param s3 stays the caller's, who closes it
     * @param bucket the backup bucket
     * @param owners asked only when another owner holds the lease
     * @param clock for {@link Lease#since()}, which nothing is decided by
     */
    public LeaseStore(S3Client s3, String bucket, Owners owners, Clock clock) {
        this.s3 = s3;
        this.bucket = bucket;
        this.owners = owners;
        this.clock = clock;
    }

    /**
     * Takes the lease. Its holder gets what it holds, with the same token, however often it asks.
     *
     * @param target the target's name
     * @param incident what the owner acts for
     * @param owner the ARN of the owner's execution
     * @throws LeaseHeldException when another execution holds it and has not ended
     */
    public Lease acquire(String target, String incident, String owner) {
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<Stored> found = read(target);
            if (found.isPresent() && isHeldBy(found.get().lease(), owner)) {
                return found.get().lease();
            }
            found.ifPresent(stored -> requireFree(stored.lease()));
            long token = found.map(stored -> stored.lease().token() + 1).orElse(1L);
            Lease taken = held(target, token, owner, incident, null);
            if (write(taken, found.map(Stored::etag))) {
                return taken;
            }
        }
        throw busy(target);
    }

    /**
     * Lets an execution act under the lease of the one that has started it and waits for it. It may ask again; another one is
     * refused as long as it runs, so that two never act under one token.
     *
     * @param target the target's name
     * @param held the starter's lease, as it says
     * @param heir the ARN of the asking execution
     * @throws FencedOffException when the starter does not hold the lease under that token, or has ended
     * @throws LeaseHeldException when another execution that the starter has started acts under it and has not ended
     */
    public Lease inherit(String target, HeldLease held, String heir) {
        for (int turn = 0; turn < TURNS; turn++) {
            Stored found = require(target, held.token(), held.execution());
            Lease lease = found.lease();
            if (lease.token() != held.token()) {
                throw fencedOff(target, held.token(), "which is " + lease.token() + " by now");
            }
            if (heir.equals(lease.heir())) {
                return lease;
            }
            if (owners.isClosed(lease.owner())) {
                throw fencedOff(target, held.token(), "for execution " + lease.owner() + ", which held it, has ended");
            }
            if (lease.heir() != null && !owners.isClosed(lease.heir())) {
                throw heldBy(lease, lease.heir());
            }
            Lease shared = held(target, lease.token(), lease.owner(), lease.incident(), heir);
            if (write(shared, Optional.of(found.etag()))) {
                return shared;
            }
        }
        throw busy(target);
    }

    /**
     * Gives the holder a newer token, and lets nobody else come between: what was done under the older one, by itself or by an
     * execution that inherited it, is fenced off. Whoever has one newer than that gets it, so that a retry changes nothing.
     *
     * @param target the target's name
     * @param token the holder's until now
     * @param owner the ARN of the holder's execution
     * @throws FencedOffException when the execution does not hold the lease any more
     */
    public Lease renew(String target, long token, String owner) {
        for (int turn = 0; turn < TURNS; turn++) {
            Stored found = require(target, token, owner);
            Lease lease = found.lease();
            if (lease.token() > token) {
                return lease;
            }
            Lease renewed = held(target, lease.token() + 1, owner, lease.incident(), null);
            if (write(renewed, Optional.of(found.etag()))) {
                return renewed;
            }
        }
        throw busy(target);
    }

    /** The lease when the owner holds it under that token or a newer one. */
    private Stored require(String target, long token, String owner) {
        Stored found = read(target).orElseThrow(() -> fencedOff(target, token, "which nobody has ever taken"));
        Lease lease = found.lease();
        if (!isHeldBy(lease, owner) || lease.token() < token) {
            throw fencedOff(
                    target,
                    token,
                    "which is " + lease.token() + " of execution " + lease.owner() + " (" + lease.state() + ")");
        }
        return found;
    }

    private Lease held(String target, long token, String owner, String incident, String heir) {
        return new Lease(1, target, token, owner, incident, Lease.State.HELD, clock.instant(), heir);
    }

    /**
     * Gives the lease back.
     *
     * @param token of the holder
     * @return false when the lease is not held under that token, and so was left as it is
     */
    public boolean release(String target, long token) {
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<Stored> found = read(target);
            if (found.isEmpty()
                    || found.get().lease().token() != token
                    || found.get().lease().state() == Lease.State.RELEASED) {
                return false;
            }
            Lease held = found.get().lease();
            Lease released = new Lease(
                    1, target, token, held.owner(), held.incident(), Lease.State.RELEASED, clock.instant(), null);
            if (write(released, Optional.of(found.get().etag()))) {
                return true;
            }
        }
        throw busy(target);
    }

    /** The lease as it is now; empty when nobody has ever held it. */
    public Optional<Lease> find(String target) {
        return read(target).map(Stored::lease);
    }

    /**
     * For acts that cannot carry the token to where they act, right before them. It does not stop a straggler that has looked
     * already.
     *
     * @throws FencedOffException when the target's lease is not held under that token
     */
    public void requireHeld(String target, long token) {
        requireHeld(s3, bucket, target, token);
    }

    /** As the method of an instance, for whoever never takes a lease. */
    public static void requireHeld(S3Client s3, String bucket, String target, long token) {
        Lease lease = requireNewest(s3, bucket, target, token);
        if (lease.state() != Lease.State.HELD) {
            throw fencedOff(target, token, "which incident " + lease.incident() + " has given back");
        }
    }

    /**
     * For what a person does after a recovery: the lease may have been given back since.
     *
     * @throws FencedOffException when the target has another owner, or never had one
     */
    public static Lease requireNewest(S3Client s3, String bucket, String target, long token) {
        Lease lease = read(s3, bucket, target)
                .map(Stored::lease)
                .orElseThrow(() -> fencedOff(target, token, "which nobody has ever taken"));
        if (lease.token() != token) {
            throw fencedOff(target, token, "which is " + lease.token() + " of incident " + lease.incident());
        }
        return lease;
    }

    private static FencedOffException fencedOff(String target, long token, String lease) {
        return new FencedOffException(
                "Token " + token + " is not that of target '" + target + "'s lease, " + lease + ".",
                "Leave the target to its new owner.");
    }

    private static boolean isHeldBy(Lease lease, String owner) {
        return lease.state() == Lease.State.HELD && lease.owner().equals(owner);
    }

    private void requireFree(Lease lease) {
        if (lease.state() == Lease.State.HELD && !owners.isClosed(lease.owner())) {
            throw heldBy(lease, lease.owner());
        }
    }

    private static LeaseHeldException heldBy(Lease lease, String execution) {
        return new LeaseHeldException(
                "Target '" + lease.target() + "' is being recovered by execution " + execution + " (incident "
                        + lease.incident() + ", token " + lease.token() + ") since " + lease.since() + ".",
                "Wait for it, or stop that execution: the next one then takes its lease over.");
    }

    private Optional<Stored> read(String target) {
        return read(s3, bucket, target);
    }

    private static Optional<Stored> read(S3Client s3, String bucket, String target) {
        String key = BucketLayout.lease(target);
        String name = S3Name.of(bucket, key, null);
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(r -> r.bucket(bucket).key(key))) {
            Lease lease = Json.read("lease " + name, body.readNBytes(MAX_BYTES), Lease.class);
            return Optional.of(new Stored(lease, body.response().eTag()));
        } catch (SdkException e) {
            if (S3Faults.isMissing(e)) {
                return Optional.empty();
            }
            throw S3Faults.translate("read lease " + name, e);
        } catch (IOException e) {
            throw S3Faults.broken("read lease " + name, e);
        }
    }

    /** @return false when somebody else was faster */
    private boolean write(Lease lease, Optional<String> expectedEtag) {
        String key = BucketLayout.lease(lease.target());
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key).contentType("application/json");
        expectedEtag.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        try {
            s3.putObject(request.build(), RequestBody.fromBytes(Json.write(lease)));
            return true;
        } catch (SdkException e) {
            if (S3Faults.isPreconditionFailed(e) || isConflict(e)) {
                return false;
            }
            throw S3Faults.translate("write lease " + S3Name.of(bucket, key, null), e);
        }
    }

    /** S3 answers 409 to all but one of several conditional writes that arrive together. */
    private static boolean isConflict(SdkException fault) {
        return fault instanceof AwsServiceException answer && answer.statusCode() == 409;
    }

    private StorageUnavailableException busy(String target) {
        return new StorageUnavailableException(
                "Cannot write lease " + S3Name.of(bucket, BucketLayout.lease(target), null) + ": it changed " + TURNS
                        + " times while it was being written.",
                "It is tried again; if that goes on, look at who writes that object.");
    }
}
