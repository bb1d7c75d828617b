package dev.lifeboat.contract;

import dev.lifeboat.contract.error.InvalidInputException;
import java.util.Collection;
import java.util.List;

/** Checks of compact constructors: every failure is an {@link InvalidInputException} that names the field. */
public final class Require {
    private Require() {}

    /**
     * @return {@code value}, never null
     * @throws InvalidInputException when the field is missing
     */
    public static <T> T present(String field, T value) {
        if (value == null) {
            throw new InvalidInputException(
                    "Field '" + field + "' is missing.", "Add the field; events/ holds an example of every payload.");
        }
        return value;
    }

    /**
     * @return {@code value}, with at least one character that is not white space
     * @throws InvalidInputException when the field is missing or blank
     */
    public static String text(String field, String value) {
        if (present(field, value).isBlank()) {
            throw new InvalidInputException(
                    "Field '" + field + "' is blank.", "Give it a value; events/ holds an example of every payload.");
        }
        return value;
    }

    /**
     * @return {@code value}, which lies within the bounds, both inclusive
     * @throws InvalidInputException when it does not
     */
    public static long range(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new InvalidInputException(
                    "Field '" + field + "' is " + value + ", expected " + min + " to " + max + ".",
                    "Correct the value.");
        }
        return value;
    }

    /** An unmodifiable copy; a missing list is an empty one. */
    public static <T> List<T> listOrEmpty(Collection<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }
}
