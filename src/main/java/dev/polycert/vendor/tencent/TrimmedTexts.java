package dev.polycert.vendor.tencent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/** Reads texts without the blanks around them: ids go back to the vendor as they are read. */
final class TrimmedTexts extends StdScalarDeserializer<String> {

  TrimmedTexts() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return StringDeserializer.instance.deserialize(parser, context).strip();
  }
}
