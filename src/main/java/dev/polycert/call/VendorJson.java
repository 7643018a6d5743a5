package dev.polycert.call;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Reads JSON as vendors send it. */
public final class VendorJson {
  private VendorJson() {}

  /** Makes a mapper ignore unknown members, and nulls in lists, which carry no information. */
  public static ObjectMapper forgiving(ObjectMapper mapper) {
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.SKIP));
    return mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }
}
