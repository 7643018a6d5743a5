package dev.polycert.store.embedded;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** A map that knows which of its keys have changed since the last commit. */
final class JournaledMap<V> extends MVMap<String, V> {
  private final Set<String> changed = new LinkedHashSet<>();

  private JournaledMap(Map<String, Object> config, DataType<String> keyType, DataType<V> type) {
    super(config, keyType, type);
  }

  /** Makes one with values of a type. */
  static final class Builder<V> extends MVMap.BasicBuilder<JournaledMap<V>, String, V> {
    Builder(DataType<V> type) {
      setKeyType(StringDataType.INSTANCE);
      setValueType(type);
    }

    @Override
    protected JournaledMap<V> create(Map<String, Object> config) {
      return new JournaledMap<>(config, getKeyType(), getValueType());
    }
  }

  /** Every change of one key goes through here. */
  @Override
  public @Nullable V operate(String key, V value, DecisionMaker<? super V> decision) {
    V before = super.operate(key, value, decision);
    changed.add(key);
    return before;
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException("The journal has changes of single keys only");
  }

  @Override
  public void append(String key, V value) {
    throw new UnsupportedOperationException("The journal has changes of single keys only");
  }

  /** Whether there is anything that {@link #writeChanges} would write. */
  boolean hasChanges() {
    return !changed.isEmpty();
  }

  /** Writes what the changed keys have now, and what this map is. */
  void writeChanges(WriteBuffer out) {
    if (!hasChanges()) {
      return;
    }
    StringDataType.INSTANCE.write(out, getName());
    out.put((byte) (getValueType() == StringDataType.INSTANCE ? 1 : 0));
    out.putVarInt(changed.size());
    for (String key : changed) {
      V value = get(key);
      StringDataType.INSTANCE.write(out, key);
      out.put((byte) (value == null ? 0 : 1));
      if (value != null) {
        getValueType().write(out, value);
      }
    }
  }

  /** Brings back what {@link #writeChanges} wrote, in the maps of a file. */
  static void readChanges(ByteBuffer in, OrderFile file) {
    while (in.hasRemaining()) {
      String name = StringDataType.INSTANCE.read(in);
      if (in.get() == 1) {
        readChanges(in, file.index(name));
      } else {
        readChanges(in, file.values(name));
      }
    }
  }

  private static <V> void readChanges(ByteBuffer in, MVMap<String, V> map) {
    for (int left = DataUtils.readVarInt(in); left > 0; left--) {
      String key = StringDataType.INSTANCE.read(in);
      if (in.get() == 1) {
        map.put(key, map.getValueType().read(in));
      } else {
        map.remove(key);
      }
    }
  }

  /** Forgets which keys have changed, once that is durable. */
  void committed() {
    changed.clear();
  }
}
