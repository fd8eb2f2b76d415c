from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("maps", "0007_raster_uploads")]
    operations = [migrations.AddField("layerfile", "became", models.JSONField(default=dict))]
