package io.millrace.kafka.internal.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary form from an array, and believes no length and no count that the array cannot hold: Avro's own decoder makes room for what a
 * malformed value announces, and a few bytes can cost gigabytes. (<a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">The
 * format</a>.)
 */
final class BoundedDecoder extends Decoder {

    /** Items that take no bytes, such as nulls, which a value may hold besides one for each of its bytes. */
    private static final long EMPTY_ITEMS = 100_000;

    private byte[] value = {};
    private int position;
    private long items;

    /** Begins to read a value, after its first bytes. */
    void begin(byte[] bytes, int offset) {
        value = bytes;
        position = offset;
        items = 0;
    }

    /** Returns whether all is read. */
    boolean atEnd() {
        return position == value.length;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() {
        return value[need(1)] == 1;
    }

    @Override
    public int readInt() {
        long number = readLong();
        if (number != (int) number) {
            throw malformed("a number is too large for an int");
        }
        return (int) number;
    }

    @Override
    public long readLong() {
        long bits = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = value[need(1)];
            bits |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw malformed("a number is too long");
    }

    @Override
    public float readFloat() {
        return Float.intBitsToFloat(littleEndian(4).getInt());
    }

    @Override
    public double readDouble() {
        return Double.longBitsToDouble(littleEndian(8).getLong());
    }

    private ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.wrap(value, need(bytes), bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) {
        int length = length();
        int start = need(length);
        Utf8 text = old == null ? new Utf8() : old;
        text.setByteLength(length);
        System.arraycopy(value, start, text.getBytes(), 0, length);
        return text;
    }

    @Override
    public String readString() {
        int length = length();
        return new String(value, need(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() {
        need(length());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) {
        return ByteBuffer.wrap(readByteArray());
    }

    /** Returns the bytes of a text, or of bytes. */
    byte[] readByteArray() {
        byte[] bytes = new byte[length()];
        System.arraycopy(value, need(bytes.length), bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public void skipBytes() {
        need(length());
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) {
        System.arraycopy(value, need(length), bytes, start, length);
    }

    @Override
    public void skipFixed(int length) {
        need(length);
    }

    @Override
    public int readEnum() {
        return readInt();
    }

    @Override
    public int readIndex() {
        return readInt();
    }

    @Override
    public long readArrayStart() {
        return block();
    }

    @Override
    public long arrayNext() {
        return block();
    }

    @Override
    public long readMapStart() {
        return block();
    }

    @Override
    public long mapNext() {
        return block();
    }

    @Override
    public long skipArray() {
        return skippedBlocks();
    }

    @Override
    public long skipMap() {
        return skippedBlocks();
    }

    /** A block announces how many items it has; a negative number is followed by how many bytes they take. */
    private long block() {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        return counted(count);
    }

    /** Skips the blocks whose bytes are known; returns the items of one that has to be read to be skipped, 0 at the end. */
    private long skippedBlocks() {
        long count = readLong();
        while (count < 0) {
            long bytes = readLong();
            if (bytes < 0 || bytes > value.length - position) {
                throw tooLong();
            }
            position += (int) bytes;
            count = readLong();
        }
        return counted(count);
    }

    private long counted(long count) {
        if (count < 0 || count > value.length + EMPTY_ITEMS - items) {
            throw malformed("an array or a map announces more than the value can hold");
        }
        items += count;
        return count;
    }

    private int length() {
        long length = readLong();
        if (length < 0 || length > value.length - position) {
            throw tooLong();
        }
        return (int) length;
    }

    /** Returns the position of so many bytes, and moves behind them. */
    private int need(int bytes) {
        if (bytes > value.length - position) {
            throw malformed("it ends too early");
        }
        int start = position;
        position += bytes;
        return start;
    }

    private static AvroRuntimeException tooLong() {
        return malformed("a text or a block announces more bytes than the value has");
    }

    private static AvroRuntimeException malformed(String message) {
        return new AvroRuntimeException(message);
    }
}
