package io.tangram.k8s.tree;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A number with a fraction or an exponent, kept as the text it came in: {@code 1.50} and {@code
 * 1e3} leave as they entered.
 */
public final class NumberText extends ValueNode {

  private static final long serialVersionUID = 1L;

  private final String text;

  /**
   * Makes the node.
   *
   * @param text a number in the grammar of JSON
   */
  public NumberText(String text) {
    this.text = text;
  }

  @Override
  public JsonNodeType getNodeType() {
    return JsonNodeType.NUMBER;
  }

  @Override
  public JsonToken asToken() {
    return JsonToken.VALUE_NUMBER_FLOAT;
  }

  @Override
  public JsonParser.NumberType numberType() {
    return JsonParser.NumberType.BIG_DECIMAL;
  }

  @Override
  public BigDecimal decimalValue() {
    return new BigDecimal(text);
  }

  @Override
  public String asText() {
    return text;
  }

  @Override
  public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
    generator.writeNumber(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberText number && text.equals(number.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
