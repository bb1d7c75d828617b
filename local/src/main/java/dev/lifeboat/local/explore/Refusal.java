package dev.lifeboat.local.explore;

/** A model's way of saying that the action would refuse here, and by which error of the contract. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String error;

    /** @param error simple name of a class of {@code dev.lifeboat.contract.error} */
    Refusal(String error) {
        super(error, null, false, false);
        this.error = error;
    }

    String error() {
        return error;
    }
}
