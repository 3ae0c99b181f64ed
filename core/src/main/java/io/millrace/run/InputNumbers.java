package io.millrace.run;

/**
 * How many records of an input were read. Only inputs that can be counted without reading more than the steps need are counted.
 *
 * @param view the input's view
 * @param decoded records that became rows
 * @param undecodable records that could not be decoded
 */
public record InputNumbers(String view, long decoded, long undecodable) {

    /** Returns how many records were read. */
    public long read() {
        return decoded + undecodable;
    }

    InputNumbers plus(InputNumbers other) {
        return new InputNumbers(view, decoded + other.decoded, undecodable + other.undecodable);
    }
}
